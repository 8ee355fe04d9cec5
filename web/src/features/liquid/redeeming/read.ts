import { useConnection } from "wagmi";
import { type Reader, useChainRead } from "../../../shared/chain/read.ts";
import { useGraphql } from "../../../shared/graphql/query.ts";
import { liquidVault } from "../vault/contract.ts";

/** An exit of the vault that has not been taken in. */
export interface VaultExit {
  id: bigint;
  day: number;
  maturesAt: number;
}

/** What waits for the wallet under one request id. */
export interface Redemption {
  day: number;
  shares: bigint;
  /** Paid now, or undefined while exits are on their way. */
  assets: bigint | undefined;
  /** Unix seconds from which it can be paid; undefined while that is not known. */
  maturesAt: number | undefined;
  isClaimable: boolean;
}

interface ExitIds {
  unstakingRequests: { nodes: { requestId: string }[] };
}

const EXITS = `query LiquidExits($memberNo: Int!) {
  unstakingRequests(memberNo: $memberNo, claimed: true, first: 100) { nodes { requestId } } }`;

/** Exits that the vault has not taken in; one that anybody has pushed out of the core has matured. */
async function readExits({ client, at, deployment }: Reader, ids: readonly bigint[]): Promise<VaultExit[]> {
  const vault = liquidVault(deployment);
  const found = await Promise.all(
    ids.map(async (id) => {
      const exit = await client.readContract({ ...vault, functionName: "exit", args: [id] });
      if (exit.tokens === 0n) return undefined;
      const maturesAt = await client.readContract({ ...at.core, functionName: "maturesAt", args: [id] }).catch(() => 0);
      return { id, day: exit.day, maturesAt };
    }),
  );
  return found.filter((exit) => exit !== undefined);
}

/** The vault's exits on their way, by the numbers that the indexer knows. */
export function useVaultExits(memberNo: bigint) {
  const ids = useGraphql<ExitIds>(
    "liquid-exits",
    EXITS,
    { memberNo: Number(memberNo) },
    { enabled: memberNo !== 0n },
  ).data?.unstakingRequests.nodes.map(({ requestId }) => requestId);
  return useChainRead(["liquid-exits", ids?.join()], (reader) => readExits(reader, (ids ?? []).map(BigInt)), {
    enabled: ids !== undefined,
  });
}

async function readRedemption(reader: Reader, account: `0x${string}`, day: number): Promise<Redemption> {
  const { client, at, deployment } = reader;
  const vault = liquidVault(deployment);
  const args = [BigInt(day), account] as const;
  const [pot, isClaimable, claimable, pending, allocations] = await Promise.all([
    client.readContract({ ...vault, functionName: "dayPot", args: [BigInt(day)] }),
    client.readContract({ ...vault, functionName: "isClaimable", args: [BigInt(day)] }),
    client.readContract({ ...vault, functionName: "claimableRedeemRequest", args }),
    client.readContract({ ...vault, functionName: "pendingRedeemRequest", args }),
    client.readContract({ ...vault, functionName: "allocations" }),
  ]);
  // Everything that left a validator on one day matures together.
  const cohorts = await Promise.all(
    allocations.map(({ validatorId }) =>
      client.readContract({ ...at.core, functionName: "cohort", args: [validatorId, day] }),
    ),
  );
  const latest = Math.max(0, ...cohorts.map(({ maturesAt }) => maturesAt));
  const shares = claimable + pending;
  return {
    ...{ day, shares, isClaimable },
    assets: isClaimable && pot.shares !== 0n ? (shares * pot.assets) / pot.shares : undefined,
    maturesAt: latest === 0 ? undefined : latest,
  };
}

/** The wallet's shares and its redemptions that are not paid. */
export function useHolding() {
  const { address } = useConnection();
  return useChainRead(
    ["liquid-holding", address],
    async (reader) => {
      if (!address) throw new Error("no wallet");
      const vault = liquidVault(reader.deployment);
      const [shares, days] = await Promise.all([
        reader.client.readContract({ ...vault, functionName: "balanceOf", args: [address] }),
        reader.client.readContract({ ...vault, functionName: "requestDays", args: [address] }),
      ]);
      const redemptions = await Promise.all(days.map((day) => readRedemption(reader, address, day)));
      return { shares, redemptions };
    },
    { enabled: address !== undefined },
  );
}
