import { useStanding } from "../../shared/action/gate/use-gate.ts";
import { useBook, useEntries } from "../../shared/action/store.ts";
import { type Reader, useChainRead } from "../../shared/chain/read.ts";
import { useGraphql } from "../../shared/graphql/query.ts";

export interface Position {
  id: bigint;
  memberNo: bigint;
  validatorId: number;
  shares: bigint;
  lien: bigint;
  since: number;
  value: bigint;
  pending: bigint;
  isAutoCompound: boolean;
}

export interface ExitRequest {
  id: bigint;
  validatorId: number;
  isSelfStake: boolean;
  value: bigint;
  maturesAt: number;
  day: number;
}

const POSITIONS = `query MyPositions($memberNo: Int!) {
  stakingPositions(memberNo: $memberNo, first: 100) { nodes { positionId } } }`;
const REQUESTS = `query MyRequests($memberNo: Int!) {
  unstakingRequests(memberNo: $memberNo, first: 100) { nodes { requestId } } }`;

export async function readPosition({ client, at }: Reader, id: bigint): Promise<Position> {
  const args = [id] as const;
  const [position, value, pending, isAutoCompound] = await Promise.all([
    client.readContract({ ...at.core, functionName: "position", args }),
    client.readContract({ ...at.core, functionName: "positionValue", args }),
    client.readContract({ ...at.core, functionName: "pendingRewards", args }),
    client.readContract({ ...at.vault, functionName: "autoCompound", args }),
  ]);
  const { owner, val, shares, lien, since } = position;
  return { id, memberNo: owner, validatorId: val, shares, lien, since, value, pending, isAutoCompound };
}

async function readRequest({ client, at }: Reader, id: bigint) {
  const args = [id] as const;
  const [request, value, maturesAt] = await Promise.all([
    client.readContract({ ...at.core, functionName: "request", args }),
    client.readContract({ ...at.core, functionName: "requestValue", args }).catch(() => 0n),
    client.readContract({ ...at.core, functionName: "maturesAt", args }).catch(() => 0),
  ]);
  const { owner, val, day, kind, shares } = request;
  return { id, owner, shares, validatorId: val, isSelfStake: kind === 1, value, maturesAt, day };
}

/** The member's positions at every validator, asked from the chain alone: for when the indexer is silent. */
async function enumerate({ client, at }: Reader, memberNo: bigint): Promise<bigint[]> {
  const count = await client.readContract({ ...at.validators, functionName: "validatorCount" });
  const ids = Array.from({ length: Math.min(count, 200) }, (_, index) => index + 1).map((validatorId) =>
    client.readContract({ ...at.core, functionName: "positionOf", args: [memberNo, validatorId] }),
  );
  return (await Promise.all(ids)).filter((id) => id !== 0n);
}

const union = (...lists: (string[] | undefined)[]) =>
  [...new Set(lists.flatMap((list) => list ?? []))].filter((id) => id !== "0").sort((a, b) => Number(a) - Number(b));

/** Open positions of the connected member: which ones from the indexer and own receipts, everything else from the chain. */
export function useMyPositions() {
  const { data: standing } = useStanding();
  const memberNo = standing?.memberNo ?? 0n;
  const entries = useEntries(useBook());
  const listed = useGraphql<{ stakingPositions: { nodes: { positionId: string }[] } }>(
    "my-positions",
    POSITIONS,
    { memberNo: Number(memberNo) },
    { enabled: memberNo !== 0n },
  );
  const ids = union(
    listed.data?.stakingPositions.nodes.map(({ positionId }) => positionId),
    entries.flatMap(({ found }) => found?.positions ?? []),
  );
  const isAlone = listed.isError && !listed.data;
  const read = useChainRead(
    ["positions", memberNo, isAlone, ...ids],
    async (reader) => {
      const wanted = isAlone ? union(ids, (await enumerate(reader, memberNo)).map(String)) : ids;
      const positions = await Promise.all(wanted.map((id) => readPosition(reader, BigInt(id))));
      return positions.filter((position) => position.shares > 0n && position.memberNo === memberNo);
    },
    { enabled: memberNo !== 0n && (listed.data !== undefined || isAlone) },
  );
  return { ...read, standing, memberNo };
}

/** Exits of the connected member that are not withdrawn yet. */
export function useMyRequests() {
  const { data: standing } = useStanding();
  const memberNo = standing?.memberNo ?? 0n;
  const entries = useEntries(useBook());
  const listed = useGraphql<{ unstakingRequests: { nodes: { requestId: string }[] } }>(
    "my-requests",
    REQUESTS,
    { memberNo: Number(memberNo) },
    { enabled: memberNo !== 0n },
  );
  const ids = union(
    listed.data?.unstakingRequests.nodes.map(({ requestId }) => requestId),
    entries.flatMap(({ found }) => found?.requests ?? []),
  );
  const read = useChainRead(
    ["requests", memberNo, ...ids],
    async (reader): Promise<ExitRequest[]> => {
      const requests = await Promise.all(ids.map((id) => readRequest(reader, BigInt(id))));
      return requests.filter(({ owner, shares }) => owner === memberNo && shares > 0n);
    },
    { enabled: memberNo !== 0n && (listed.data !== undefined || listed.isError) },
  );
  return { ...read, standing, memberNo };
}
