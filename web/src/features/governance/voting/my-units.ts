import { type Address, zeroAddress } from "viem";
import { useStanding } from "../../../shared/action/gate/use-gate.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { useGraphql } from "../../../shared/graphql/query.ts";
import { useProtocol } from "../protocol.ts";

/** What the connected account brings to votes to come. */
export interface MyUnits {
  /** Units of its own stake and delegations. */
  units: bigint;
  /** Units that speak through it. */
  votes: bigint;
  /** Whom it lets speak; zero if it never had units. */
  delegate: Address;
  /** Value of its stake at the last count, whether it counts or not. */
  counted: bigint;
  isExcluded: boolean;
  /** Positions whose value has moved since the last count. */
  moved: bigint[];
  /** Units that a new count would give differ from those that count now. */
  isStale: boolean;
}

/** Less than this is rounding. */
const DUST = 10n ** 12n;
const differs = (a: bigint, b: bigint) => (a > b ? a - b : b - a) > DUST;

const MINE = `query MyCountedPositions($memberNo: Int!) {
  stakingPositions(memberNo: $memberNo, first: 100) { nodes { positionId } } }`;

interface Mine {
  stakingPositions: { nodes: { positionId: string }[] };
}

/** Units of the connected account, from the contracts; which positions it has from the indexer. */
export function useMyUnits() {
  const { data: standing, address } = useStanding();
  const memberNo = standing?.memberNo ?? 0n;
  const protocol = useProtocol();
  const listed = useGraphql<Mine>("counted", MINE, { memberNo: Number(memberNo) }, { enabled: memberNo !== 0n });
  const ids = listed.data?.stakingPositions.nodes.map(({ positionId }) => BigInt(positionId)) ?? [];
  const isGood = standing !== undefined && standing.status === "active" && standing.kycLevel > 0;
  const read = useChainRead(
    ["my-units", address, memberNo, isGood, ...ids],
    async ({ client, at }): Promise<MyUnits> => {
      if (!address) throw new Error("no wallet");
      const args = [address] as const;
      const [units, votes, delegate, isExcluded, holding, positions] = await Promise.all([
        client.readContract({ ...protocol.votes, functionName: "balanceOf", args }),
        client.readContract({ ...protocol.votes, functionName: "getVotes", args }),
        client.readContract({ ...protocol.votes, functionName: "delegates", args }),
        client.readContract({ ...protocol.votes, functionName: "isExcluded", args }),
        memberNo === 0n
          ? { account: zeroAddress, delegated: 0n, self: 0n, units: 0n }
          : client.readContract({ ...protocol.votes, functionName: "holding", args: [memberNo] }),
        Promise.all(
          ids.map(async (id) => {
            const [value, counted] = await Promise.all([
              client.readContract({ ...at.core, functionName: "positionValue", args: [id] }),
              client.readContract({ ...protocol.votes, functionName: "positionUnits", args: [id] }),
            ]);
            return { id, isMoved: differs(value, counted) };
          }),
        ),
      ]);
      const moved = positions.filter(({ isMoved }) => isMoved).map(({ id }) => id);
      const counted = holding.delegated + holding.self;
      const isMissing = counted > 0n && units === 0n && isGood && !isExcluded;
      return { units, votes, delegate, counted, isExcluded, moved, isStale: moved.length > 0 || isMissing };
    },
    { enabled: address !== undefined && standing !== undefined },
  );
  return { ...read, standing, address, memberNo };
}
