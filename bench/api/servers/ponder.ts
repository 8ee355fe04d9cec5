import { cpSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import type { Ground } from "../../indexer/contestants/contestant.ts";
import { ponder } from "../../indexer/contestants/ponder.ts";
import { Running } from "./running.ts";
import { type ApiServer, type Asked, before, type Entry, graphql, type QuestionName, validatorOf } from "./server.ts";

const schema = join(import.meta.dirname, "../peers/ponder/ponder.schema.ts");

const VALIDATOR = `query ($id: Int!) { validators(validator_id: $id) {
  validator_id name commission_bps self_stake
  positions(limit: 10, orderBy: "shares", orderDirection: "desc") { items { position_id member_no shares } } } }`;
const DELEGATIONS = `query ($id: Int!, $after: String) {
  positionss(where: { validator_id: $id }, orderBy: "shares", orderDirection: "desc", limit: 50, after: $after) {
    items { position_id member_no shares } pageInfo { hasNextPage endCursor } } }`;
const LIST = `{ validatorss(limit: 50, orderBy: "validator_id", orderDirection: "asc") {
  items { validator_id name commission_bps self_stake member { member_no owner } }
  pageInfo { hasNextPage endCursor } } }`;

interface Position {
  position_id: string;
  shares: string;
}

interface Data {
  validators: { positions: { items: Position[] } };
  positionss: { items: Position[]; pageInfo: { endCursor: string | null } };
  validatorss: { items: { validator_id: number; member: { owner: string } }[] };
}

const positions = (items: Position[]) => items.map(({ position_id, shares }): Entry => [position_id, shares]);

function entries(question: QuestionName, body: unknown): Entry[] {
  const { data } = body as { data: Data };
  if (question === "validator") return positions(data.validators.positions.items);
  if (question === "delegations") return positions(data.positionss.items);
  return data.validatorss.items.map(({ validator_id, member }): Entry => [String(validator_id), member.owner]);
}

/** Ponder: the process that has indexed the chain goes on to answer. @param sql Of its database. */
export async function startPonder(
  ground: Ground,
  connect: () => Promise<pg.Client>,
  ask: (url: string, asked: Asked) => Promise<unknown>,
  count: number,
): Promise<ApiServer> {
  const start = await ponder.prepare(ground);
  cpSync(schema, join(start.cwd, "ponder.schema.ts"));
  const port = start.args[start.args.indexOf("--port") + 1];
  const running = new Running("ponder", start, ground.folder);
  const sql = await connect();
  await running.until("its last row", async () => (await ponder.isDone?.(sql, ground)) === true);
  const url = `http://127.0.0.1:${port}`;
  await running.until("its API", async () => (await fetch(`${url}/ready`)).ok);
  await sql.query("analyze");
  await sql.end();
  const delegations = (n: number, after: string | null) =>
    graphql("/graphql", DELEGATIONS, { id: validatorOf(n), after });
  const ends: (string | null)[] = [];
  for (let n = 0; n < count; n++) {
    const { data } = (await ask(url, graphql("/graphql", before(DELEGATIONS), { id: validatorOf(n) }))) as {
      data: Data;
    };
    ends.push(data.positionss.pageInfo.endCursor);
  }
  return {
    ...{ name: "ponder", says: "Ponder 0.17.7, its own GraphQL, with relations and an index for these questions" },
    ...{ url, pid: running.pid, entries, stop: () => running.stop() },
    asks: {
      validator: (n) => graphql("/graphql", VALIDATOR, { id: validatorOf(n) }),
      delegations: (n) => delegations(n, ends[n % count] ?? null),
      validators: () => graphql("/graphql", LIST, {}),
    },
  };
}
