import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type pg from "pg";
import { freePort } from "../../../scripts/local/upkeep/ports.ts";
import { bareEnvironment } from "../../indexer/contestants/ponder.ts";
import { Running } from "./running.ts";
import { type ApiServer, type Asked, before, type Entry, graphql, type QuestionName, validatorOf } from "./server.ts";

const template = join(import.meta.dirname, "../peers/postgraphile");
const kept = join(import.meta.dirname, "../../../.local/bench/peers/postgraphile");

/** Lays the project out in a folder that git ignores, with its packages: from npm the first time, kept afterwards. */
async function install(say: (line: string) => void): Promise<void> {
  mkdirSync(kept, { recursive: true });
  cpSync(template, kept, { recursive: true });
  const wanted = readFileSync(join(template, "package.json"), "utf8");
  const stamp = join(kept, "node_modules/.wanted");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  say("installing postgraphile (about a minute)");
  const options = ["install", "--no-audit", "--no-fund", "--loglevel=error", "--no-package-lock"];
  await promisify(execFile)("npm", options, { cwd: kept });
  writeFileSync(stamp, wanted);
}

/** Our rows in tables of the bench, with the keys and the index that PostGraphile makes fields of. */
const TABLES = `
  drop schema if exists bench cascade;
  create schema bench;
  create table bench.members as select member_no, owner from chain.members;
  alter table bench.members add primary key (member_no);
  create table bench.validators as
    select validator_id, member_no, name, commission_bps, self_stake, pool_tokens, pool_shares, rewards_total from chain.validators;
  alter table bench.validators add primary key (validator_id), add foreign key (member_no) references bench.members;
  create index on bench.validators (member_no);
  create table bench.positions as
    select position_id, member_no, validator_id, shares, claimed, since from chain.positions where closed_at is null;
  alter table bench.positions add primary key (position_id),
    add foreign key (member_no) references bench.members, add foreign key (validator_id) references bench.validators;
  create index on bench.positions (validator_id, shares desc, position_id);
  create index on bench.positions (member_no);
  create index on bench.positions (shares);
  analyze bench.members; analyze bench.validators; analyze bench.positions`;

const VALIDATOR = `query ($id: BigInt!) { validatorByValidatorId(validatorId: $id) {
  validatorId name commissionBps selfStake
  positionsByValidatorId(first: 10, orderBy: [SHARES_DESC]) { nodes { positionId memberNo shares } } } }`;
const DELEGATIONS = `query ($id: BigInt!, $after: Cursor) {
  allPositions(condition: { validatorId: $id }, orderBy: [SHARES_DESC], first: 50, after: $after) {
    nodes { positionId memberNo shares } pageInfo { hasNextPage endCursor } } }`;
const LIST = `{ allValidators(first: 50, orderBy: [PRIMARY_KEY_ASC]) {
  edges { node { validatorId name commissionBps selfStake memberByMemberNo { memberNo owner } } }
  pageInfo { hasNextPage endCursor } } }`;

interface Position {
  positionId: string;
  shares: string;
}

interface Data {
  validatorByValidatorId: { positionsByValidatorId: { nodes: Position[] } };
  allPositions: { nodes: Position[]; pageInfo: { endCursor: string | null } };
  allValidators: { edges: { node: { validatorId: string; memberByMemberNo: { owner: string } } }[] };
}

const positions = (nodes: Position[]) => nodes.map(({ positionId, shares }): Entry => [positionId, shares]);

function entries(question: QuestionName, body: unknown): Entry[] {
  const { data } = body as { data: Data };
  if (question === "validator") return positions(data.validatorByValidatorId.positionsByValidatorId.nodes);
  if (question === "delegations") return positions(data.allPositions.nodes);
  return data.allValidators.edges.map(({ node }): Entry => [node.validatorId, node.memberByMemberNo.owner]);
}

/** PostGraphile over a copy of our rows. @param sql Of the database's owner. */
export async function startPostgraphile(
  databaseUrl: string,
  sql: pg.Client,
  folder: string,
  ask: (url: string, asked: Asked) => Promise<unknown>,
  count: number,
): Promise<ApiServer> {
  await install(console.error);
  await sql.query(TABLES);
  const port = await freePort(24_700);
  const env = { ...bareEnvironment, NODE_ENV: "production", GRAPHILE_ENV: "production" };
  const args = ["server.js", databaseUrl, String(port)];
  const running = new Running("postgraphile", { file: process.execPath, args, cwd: kept, env }, folder);
  const url = `http://127.0.0.1:${port}`;
  const delegations = (n: number, after: string | null) =>
    graphql("/graphql", DELEGATIONS, { id: String(validatorOf(n)), after });
  await running.until("its API", async () => {
    const { data } = (await ask(url, graphql("/graphql", "{ __typename }", {}))) as { data?: object };
    return data !== undefined;
  });
  const ends: (string | null)[] = [];
  for (let n = 0; n < count; n++) {
    const { data } = (await ask(url, graphql("/graphql", before(DELEGATIONS), { id: String(validatorOf(n)) }))) as {
      data: Data;
    };
    ends.push(data.allPositions.pageInfo.endCursor);
  }
  return {
    ...{ name: "postgraphile", says: "PostGraphile 5.1.5 over a copy of our rows, keys and index for these questions" },
    ...{ url, pid: running.pid, entries, stop: () => running.stop() },
    asks: {
      validator: (n) => graphql("/graphql", VALIDATOR, { id: String(validatorOf(n)) }),
      delegations: (n) => delegations(n, ends[n % count] ?? null),
      validators: () => graphql("/graphql", LIST, {}),
    },
  };
}
