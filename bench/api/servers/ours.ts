import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { writeKeys } from "../../../indexer/src/platform/crypto/keys/local.ts";
import { freePort } from "../../../scripts/local/upkeep/ports.ts";
import { freshDatabase } from "../../database.ts";
import type { Ground } from "../../indexer/contestants/contestant.ts";
import { ours } from "../../indexer/contestants/ours.ts";
import { Running } from "./running.ts";
import { type ApiServer, type Asked, before, type Entry, graphql, type QuestionName, validatorOf } from "./server.ts";

const cli = join(import.meta.dirname, "../../../indexer/src/cli.ts");

/** Settings of our API over a mirror, as an operator gives them, with no limit for visitors. */
export type Settings = Record<string, string>;

/** Tells the chain with our follower. @returns settings of what serves it, without a port */
export async function tell(ground: Ground, reached: () => Promise<boolean>): Promise<Settings> {
  const start = await ours.prepare(ground);
  const follower = new Running("our follower", start, ground.folder);
  try {
    await follower.until("the last block", reached);
  } finally {
    await follower.stop();
  }
  const keyvault = await freshDatabase(ground.serverUrl, `${ground.databaseName}_keys`, "keyvault");
  const keys = join(ground.folder, "keys.json");
  writeKeys(keys);
  const { NODE_OPTIONS: _, ...settings } = start.env;
  return {
    ...settings,
    ...{
      ROLES: "api",
      VISITOR_QUERIES: "0",
      PROXY_HOPS: "1",
      LOG_LEVEL: "warn",
      PUBLIC_ORIGIN: "https://members.bench",
    },
    ...{ TOKEN_SEED: randomBytes(32).toString("base64"), KEYVAULT_URL: keyvault.url },
    ...{ KEYS_FILE: keys, ERASURE_LEDGER: join(ground.folder, "erased.jsonl"), APP_ENV: "development" },
  };
}

const VALIDATOR = `query ($id: Int!) { validator(validatorId: $id) {
  validatorId name commissionBps selfStake delegators(first: 10) { positionId memberNo shares } } }`;
const DELEGATIONS = `query ($id: Int!, $after: String) {
  stakingPositions(validatorId: $id, sort: SHARES, first: 50, after: $after) {
    nodes { positionId memberNo shares } pageInfo { hasNextPage endCursor } } }`;
const LIST = `{ validators(first: 50, sort: { field: CREATED_AT, direction: ASC }) {
  edges { node { validatorId name commissionBps selfStake member { memberNo accountAddress } } }
  pageInfo { hasNextPage endCursor } } }`;

interface Position {
  positionId: string;
  shares: string;
}

interface Validator {
  validatorId: number;
  member: { accountAddress: string };
}

interface Data {
  validator: { delegators: Position[] };
  stakingPositions: { nodes: Position[]; pageInfo: { endCursor: string | null } };
  validators: { edges: { node: Validator }[] };
}

const positions = (nodes: Position[]) => nodes.map(({ positionId, shares }): Entry => [positionId, shares]);
const owners = (nodes: Validator[]) =>
  nodes.map(({ validatorId, member }): Entry => [String(validatorId), member.accountAddress]);

function entries(question: QuestionName, body: unknown): Entry[] {
  const { data } = body as { data: Data };
  if (question === "validator") return positions(data.validator.delegators);
  if (question === "delegations") return positions(data.stakingPositions.nodes);
  return owners(data.validators.edges.map(({ node }) => node));
}

const first = (id: number) => graphql("/graphql", before(DELEGATIONS), { id });

/** Ends of first pages, by validator. @param ask Asks the server. */
async function endsOf(ask: (asked: Asked) => Promise<unknown>, count: number): Promise<(string | null)[]> {
  const ends: (string | null)[] = [];
  for (let n = 0; n < count; n++) {
    const { data } = (await ask(first(validatorOf(n)))) as { data: Data };
    ends.push(data.stakingPositions.pageInfo.endCursor);
  }
  return ends;
}

/** Our API in a process of its own, over a mirror that is told. */
export async function startApi(name: string, settings: Settings, folder: string) {
  const port = await freePort(24_500);
  const env = { ...settings, PORT: String(port) };
  const process_ = new Running(name, { file: process.execPath, args: [cli, "run"], cwd: folder, env }, folder);
  const url = `http://127.0.0.1:${port}`;
  await process_.until("its API", async () => (await fetch(`${url}/livez`)).ok);
  return { url, pid: process_.pid, stop: () => process_.stop() };
}

/** Our API in a process of its own. @param count Validators that are asked about. */
export async function startOurs(
  { name, says }: { name: string; says: string },
  settings: Settings,
  folder: string,
  ask: (url: string, asked: Asked) => Promise<unknown>,
  count: number,
): Promise<ApiServer> {
  const started = await startApi(name, settings, folder);
  const ends = await endsOf((asked) => ask(started.url, asked), count);
  return {
    ...{ name, says, ...started, entries },
    asks: {
      validator: (n) => graphql("/graphql", VALIDATOR, { id: validatorOf(n) }),
      delegations: (n) => graphql("/graphql", DELEGATIONS, { id: validatorOf(n), after: ends[n % count] }),
      validators: () => graphql("/graphql", LIST, {}),
    },
  };
}

interface Page {
  items: (Position & Validator)[];
}

/** Routes of REST that read by the same queries, of a server that runs. */
export function twinsOf(server: ApiServer): ApiServer {
  const delegators = (n: number, size: number, after = "") =>
    `/api/v1/validators/${validatorOf(n)}/delegators?sort=SHARES&first=${size}${after}`;
  const cursor = (n: number) => {
    const { variables } = JSON.parse(server.asks.delegations?.(n).body ?? "{}") as {
      variables: { after: string | null };
    };
    return variables.after ? `&after=${variables.after}` : "";
  };
  return {
    ...server,
    name: `${server.name}-rest`,
    says: "its routes of REST: delegators of a validator, ten and fifty; validators with their members",
    asks: {
      validator: (n) => ({ method: "GET", path: delegators(n, 10) }),
      delegations: (n) => ({ method: "GET", path: delegators(n, 50, cursor(n)) }),
      validators: () => ({ method: "GET", path: "/api/v1/validators?first=50&sort=CREATED_AT&direction=ASC" }),
    },
    entries: (question, body) => {
      const { items } = body as Page;
      return question === "validators" ? owners(items) : positions(items);
    },
    stop: async () => undefined,
  };
}
