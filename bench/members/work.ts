import { randomInt } from "node:crypto";
import type { Pool } from "pg";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { createSiweMessage } from "viem/siwe";
import { sealEntries } from "../../indexer/src/domains/audit/service/sealing.ts";
import { Tokens } from "../../indexer/src/domains/security/tokens.ts";
import { trailOf } from "../../indexer/src/platform/access/audit/trail.ts";
import { transaction } from "../../indexer/src/platform/db/pool.ts";
import { type Figures, measure } from "../figures.ts";
import { type Answer, Connections } from "./connection.ts";
import { accountId } from "./population.ts";
import type { BenchServer } from "./server.ts";

export const CONNECTIONS = 32;

const connections = new Connections();
const ask = connections.ask.bind(connections);

const somewhere = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

function required(answer: Answer): Answer {
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body.slice(0, 200)}`);
  return answer;
}

/** Signs in with known wallets: a nonce, a signature, a session. */
export async function signIns(pool: Pool, { url, origin }: BenchServer, seconds: number): Promise<Figures> {
  const wallets = Array.from({ length: 200 }, () => privateKeyToAccount(generatePrivateKey()));
  for (const [n, { address }] of wallets.entries()) {
    await pool.query(
      "insert into app.member_wallets (address, member_id, is_contract, added_at) values ($1, $2, false, now())",
      [address.toLowerCase(), accountId(n + 1)],
    );
  }
  const json = { "content-type": "application/json" };
  return measure(seconds, CONNECTIONS, async (n) => {
    const wallet = wallets[n % wallets.length];
    if (!wallet) return;
    const from = { ...json, "x-forwarded-for": somewhere() };
    const first = required(await ask(`${url}/api/v1/auth/siwe/nonce`, "POST", from, "{}"));
    const cookie = first.cookies.map((one) => one.split(";")[0]).join("; ");
    const { nonce, chainId, statements } = JSON.parse(first.body) as {
      nonce: string;
      chainId: number;
      statements: string[];
    };
    const issuedAt = new Date();
    const message = createSiweMessage({
      ...{ domain: new URL(origin).host, uri: origin, version: "1", chainId, address: wallet.address, nonce, issuedAt },
      ...{ statement: statements[0] ?? "", expirationTime: new Date(issuedAt.getTime() + 300_000) },
    });
    const body = JSON.stringify({ message, signature: await wallet.signMessage({ message }) });
    required(await ask(`${url}/api/v1/auth/siwe/verify`, "POST", { ...from, cookie }, body));
  });
}

/** Access tokens of the first members, as their sign-ins would have given them. */
export async function tokensOf(sessions: string[], { tokenSeed, origin }: BenchServer): Promise<string[]> {
  const tokens = new Tokens(origin, tokenSeed);
  const now = Math.floor(Date.now() / 1_000);
  return Promise.all(
    sessions.map((sessionId, n) => tokens.access({ memberId: accountId(n + 1), sessionId, authTime: now }, now)),
  );
}

/** Reads profiles of any of `members`, each time as another member. */
export function profileReads(
  { url }: BenchServer,
  tokens: string[],
  members: number,
  seconds: number,
): Promise<Figures> {
  return measure(seconds, CONNECTIONS, async (n) => {
    const authorization = `Bearer ${tokens[n % tokens.length]}`;
    required(await ask(`${url}/api/v1/members/${accountId(1 + randomInt(members))}/profile`, "GET", { authorization }));
  });
}

const searches: ((members: number) => object)[] = [
  () => ({}),
  () => ({ filter: { tier: ["ACTIVE_VALIDATOR"] } }),
  () => ({ filter: { status: ["SUSPENDED"], kycLevel: ["ENHANCED"] } }),
  (members) => ({ filter: { displayName: `member ${randomInt(members)}` } }),
  (members) => ({
    filter: { createdAfter: 1_700_000_000 + randomInt(members) * 60 },
    sort: { field: "CREATED_AT", direction: "ASC" },
  }),
  () => ({
    filter: { tier: ["DELEGATED_STAKER"], status: ["INACTIVE"] },
    sort: { field: "CREATED_AT", direction: "DESC" },
  }),
  () => ({ sort: { field: "LAST_ACTIVITY_AT", direction: "DESC" } }),
];

/** Searches members in all ways that need no sum over stake. */
export function memberSearches(
  { url }: BenchServer,
  tokens: string[],
  members: number,
  seconds: number,
): Promise<Figures> {
  return measure(seconds, CONNECTIONS, async (n) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${tokens[n % tokens.length]}` };
    const body = JSON.stringify(searches[n % searches.length]?.(members));
    required(await ask(`${url}/api/v1/members/search`, "POST", headers, body));
  });
}

/** Appends entries, each in a transaction of its own, while one sealer seals them; ends when all are sealed. */
export async function auditAppends(pool: Pool, seconds: number): Promise<Figures & { sealedPerSecond: number }> {
  const trail = trailOf(Buffer.alloc(32, 7));
  const actor = { levels: new Set(["system" as const]), roles: new Set<never>() };
  const kit = { pool, clock: () => new Date() };
  let isOver = false;
  const began = performance.now();
  const sealing = (async () => {
    let sealed = 0;
    for (;;) {
      const count = await sealEntries(kit);
      sealed += count;
      if (count === 0 && isOver) return sealed;
      if (count === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const figures = await measure(seconds, CONNECTIONS, (n) =>
    transaction(pool, (sql) =>
      trail.append(
        sql,
        actor,
        { action: "bench.act", subjectId: accountId(1 + (n % 1_000)), detail: { n } },
        new Date(),
      ),
    ),
  );
  isOver = true;
  const sealed = await sealing;
  return { ...figures, sealedPerSecond: Math.round(sealed / ((performance.now() - began) / 1_000)) };
}
