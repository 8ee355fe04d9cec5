import { type Reader, useChainRead } from "../../../shared/chain/read.ts";
import { liquidVault } from "./contract.ts";
import { ONE_SHARE } from "./shares.ts";

const BPS = 10_000n;

/** Why a validator stops deposits, if it does. */
type Suspicion = "tombstoned" | "jailed" | "case";

export interface Holding {
  validatorId: number;
  positionId: bigint;
  value: bigint;
  shares: bigint;
  /** Rewards that a harvest would take in. */
  pending: bigint;
  suspicion: Suspicion | undefined;
}

export interface Vault {
  memberNo: bigint;
  totalAssets: bigint;
  totalSupply: bigint;
  /** Tokens for one sTBURN. */
  price: bigint;
  idle: bigint;
  /** Exits on their way back to the vault. */
  returning: bigint;
  /** Most that one validator may hold after an allocation. */
  cap: bigint;
  capBps: number;
  pending: bigint;
  holdings: Holding[];
  /** The validator for which deposits stand still. */
  stopped: Holding | undefined;
}

async function readHoldings({ client, at, deployment }: Reader): Promise<Holding[]> {
  const allocations = await client.readContract({ ...liquidVault(deployment), functionName: "allocations" });
  const ids = allocations.map(({ positionId }) => positionId).filter((id) => id !== 0n);
  const [validators, positions] = await Promise.all([
    Promise.all(
      allocations.map(({ validatorId }) =>
        client.readContract({ ...at.lens, functionName: "validatorOf", args: [validatorId] }),
      ),
    ),
    client.readContract({ ...at.lens, functionName: "positions", args: [ids] }),
  ]);
  return allocations.map(({ validatorId, positionId }, index) => {
    const mine = positions.find((one) => one.positionId === positionId);
    const found = validators[index];
    const { tombstoned = false, jailedUntil = 0 } = found?.validator ?? {};
    const hasCase = (found?.stake.openCases ?? 0) !== 0;
    return {
      ...{ validatorId, positionId, value: mine?.value ?? 0n, shares: mine?.position.shares ?? 0n },
      pending: mine?.pendingRewards ?? 0n,
      suspicion: tombstoned ? "tombstoned" : jailedUntil !== 0 ? "jailed" : hasCase ? "case" : undefined,
    };
  });
}

/** What the vault is worth and where its stake lies. */
export function useVault() {
  return useChainRead(["liquid-vault"], async (reader): Promise<Vault> => {
    const vault = liquidVault(reader.deployment);
    const { client } = reader;
    const [memberNo, totalAssets, totalSupply, price, idle, capBps, holdings] = await Promise.all([
      client.readContract({ ...vault, functionName: "memberNo" }),
      client.readContract({ ...vault, functionName: "totalAssets" }),
      client.readContract({ ...vault, functionName: "totalSupply" }),
      client.readContract({ ...vault, functionName: "convertToAssets", args: [ONE_SHARE] }),
      client.readContract({ ...vault, functionName: "idle" }),
      client.readContract({ ...vault, functionName: "capBps" }),
      readHoldings(reader),
    ]);
    const staked = holdings.reduce((sum, { value }) => sum + value, 0n);
    return {
      ...{ memberNo, totalAssets, totalSupply, price, idle, capBps, holdings },
      returning: totalAssets - idle - staked,
      cap: (totalAssets * BigInt(capBps)) / BPS,
      pending: holdings.reduce((sum, { pending }) => sum + pending, 0n),
      stopped: holdings.find(({ value, suspicion }) => value > 0n && suspicion !== undefined),
    };
  });
}
