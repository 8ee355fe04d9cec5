import { randomUUID } from "node:crypto";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { claimIndex, memberBy, readPersonal, writePersonal } from "../../src/domains/identity/service/personal.ts";
import { ErasureLedger } from "../../src/domains/privacy/ledger.ts";
import { eraseDue } from "../../src/domains/privacy/service.ts";
import { noteLetIn } from "../../src/domains/referrals/service.ts";
import { readEnv } from "../../src/env.ts";
import { openPool } from "../../src/platform/db/pool.ts";
import type { Kit } from "../../src/platform/domain.ts";
import { openLog } from "../../src/platform/telemetry/log.ts";
import { openKit } from "../../src/roles/people.ts";
import { refusal } from "./browser.ts";
import { type People, startPeople } from "./people.ts";

let people: People;
let opened: Awaited<ReturnType<typeof openKit>>;
let kit: Kit;
const pool = () => people.database.pool;

/** The services of another process over the same databases, as a start would open them. */
async function open() {
  const env = readEnv({
    APP_ENV: "development",
    ...{
      DATABASE_URL: people.database.ownerUrl,
      RPC_URL: people.chain.url,
      CHAIN_ID: String(people.chain.record.chainId),
    },
    ...people.settings,
    // Tests ask as nobody in particular, past the second wall.
    KEYVAULT_URL: people.keyvault.ownerUrl,
  });
  const made = await openKit(env, people.chain.record, pool(), async () => undefined, openLog("silent"));
  if (!made) throw new Error("services for people are off");
  return made;
}

beforeAll(async () => {
  people = await startPeople();
  opened = await open();
  kit = opened.kit;
});
afterAll(async () => {
  await opened?.close();
  await people?.stop();
});
beforeEach(() => people.forgetVisits());

const NAME = "Hong Gildong of Hwalbindang";

/** A member with personal data, signed in and stepped up. */
async function member() {
  const page = people.browser();
  const account = privateKeyToAccount(generatePrivateKey());
  const { memberId, accessToken } = await page.signIn(account);
  const email = `${memberId}@example.com`;
  await writePersonal(pool(), kit, memberId, "legal_name", NAME, new Date());
  await claimIndex(pool(), kit, memberId, "email", email);
  await pool().query("update app.sessions set stepped_up_at = now() where member_id = $1", [memberId]);
  const ask = (method: string, path: string, body?: unknown) =>
    page.send(method, `/api/v1${path}`, body, { authorization: `Bearer ${accessToken}` });
  const erasure = (method: string) => ask(method, `/members/${memberId}/erasure`);
  return { memberId, account, email, ask, erasure };
}
type Member = Awaited<ReturnType<typeof member>>;

const later = ({ memberId }: Member) =>
  pool().query("update app.erasures set due_at = now() - interval '1 second' where member_id = $1", [memberId]);
const nameOf = async ({ memberId }: Member) => (await readPersonal(pool(), kit, memberId, ["legal_name"])).legal_name;

/** Rows of every table of people that say the member's id. */
async function traces({ memberId }: Member): Promise<string[]> {
  const { rows } = await pool().query<{ name: string }>(
    "select table_name as name from information_schema.columns where table_schema = 'app' and column_name = 'member_id'",
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await pool().query(`select 1 from app.${name} where member_id = $1`, [memberId]);
    if (rowCount) found.push(name);
  }
  return found.sort();
}

describe("a member who wants to be forgotten", () => {
  it("is so after seven days, and may change its mind until then", async () => {
    const somebody = await member();
    const { erasure } = (await (await somebody.erasure("POST")).json()) as {
      erasure: { requestedAt: string; dueAt: string };
    };
    expect(Date.parse(erasure.dueAt) - Date.parse(erasure.requestedAt)).toBe(7 * 86_400_000);
    expect(await refusal(await somebody.erasure("POST"))).toEqual([409, "ERASURE_OPEN"]);
    expect(await eraseDue(kit)).toBe(0);
    expect((await somebody.erasure("DELETE")).status).toBe(204);
    await later(somebody);
    expect(await eraseDue(kit)).toBe(0);
    expect(await nameOf(somebody)).toBe(NAME);
  });

  it("leaves an event, its erasure and the day its records end behind, no other row, and no session", async () => {
    const somebody = await member();
    await somebody.erasure("POST");
    await later(somebody);
    expect(await eraseDue(kit)).toBe(1);
    expect(await traces(somebody)).toEqual(["aml_retention", "erasures", "events"]);
    expect(await memberBy(pool(), kit, "email", somebody.email)).toBeUndefined();
    expect((await somebody.ask("GET", "/auth/session")).status).toBe(401);
  });

  it("is no longer whom anybody came by, and its code is nobody's", async () => {
    const [somebody, guest] = [await member(), await member()];
    await noteLetIn(pool(), somebody.memberId, new Date());
    await pool().query("insert into app.referrals (member_id, referrer_id, referred_at) values ($1, $2, now())", [
      guest.memberId,
      somebody.memberId,
    ]);
    await somebody.erasure("POST");
    await later(somebody);
    await eraseDue(kit);
    expect(await traces(somebody)).not.toContain("referrals");
    const { rows } = await pool().query("select referrer_id, referred_at from app.referrals where member_id = $1", [
      guest.memberId,
    ]);
    expect(rows).toEqual([{ referrer_id: null, referred_at: null }]);
  });

  it("is a stranger afterwards, with the same wallet", async () => {
    const somebody = await member();
    await somebody.erasure("POST");
    await later(somebody);
    await eraseDue(kit);
    expect((await people.browser().signIn(somebody.account)).memberId).not.toBe(somebody.memberId);
  });

  it("needs a second factor to ask", async () => {
    const somebody = await member();
    await pool().query("update app.sessions set stepped_up_at = null where member_id = $1", [somebody.memberId]);
    expect(await refusal(await somebody.erasure("POST"))).toEqual([401, "STEP_UP_REQUIRED"]);
  });

  it("is not erased while the law holds its data, and is when that ends", async () => {
    const somebody = await member();
    await somebody.erasure("POST");
    await later(somebody);
    const [first, second] = [await member(), await member()];
    for (const officer of [first, second]) await people.appoint(officer.memberId, "compliance");
    const decide = async (change: string) => {
      const body = { change, reference: "2026/Na-1234" };
      const proposed = await first.ask("POST", `/admin/members/${somebody.memberId}/legal-hold`, body);
      const { approvalId } = (await proposed.json()) as { approvalId: string };
      const decision = { approve: true, reason: "as ordered" };
      expect((await second.ask("POST", `/admin/approvals/${approvalId}/decision`, decision)).status).toBe(200);
    };
    await decide("place");
    expect(await eraseDue(kit)).toBe(0);
    expect(await (await somebody.erasure("GET")).json()).toMatchObject({ isHeld: true });
    await decide("lift");
    expect(await eraseDue(kit)).toBe(1);
  });

  it("stays while it works here", async () => {
    const officer = await member();
    await people.appoint(officer.memberId, "compliance");
    expect(await refusal(await officer.erasure("POST"))).toEqual([409, "STAFF_STAYS"]);
  });
});

describe("yesterday's backup of both databases", () => {
  /** Copies a database beside itself, as a backup would be taken. */
  const copied = async (url: string) => {
    const { pathname } = new URL(url);
    const [name, copy] = [pathname.slice(1), `${pathname.slice(1)}_copy`];
    const admin = openPool(url.replace(pathname, "/postgres"), { max: 1 });
    await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);
    await admin.query(`drop database if exists ${copy} with (force)`);
    await admin.query(`create database ${copy} template ${name}`);
    await admin.end();
    return url.replace(pathname, `/${copy}`);
  };

  it("does not bring an erased person back: the next start erases it again before anybody is served", async () => {
    const somebody = await member();
    const [main, keys] = [await copied(people.database.ownerUrl), await copied(people.keyvault.ownerUrl)];
    await somebody.erasure("POST");
    await later(somebody);
    await eraseDue(kit);

    const restored = openPool(main, { max: 2 });
    const env = readEnv({
      APP_ENV: "development",
      ...{ RPC_URL: people.chain.url, CHAIN_ID: String(people.chain.record.chainId), ...people.settings },
      ...{ DATABASE_URL: main, KEYVAULT_URL: keys },
    });
    const again = await openKit(env, people.chain.record, restored, async () => undefined, openLog("silent"));
    if (!again) throw new Error("services for people are off");
    const { rows } = await restored.query("select erased_at from app.members where id = $1", [somebody.memberId]);
    expect(rows[0]?.erased_at).not.toBeNull();
    expect(await memberBy(restored, again.kit, "email", somebody.email)).toBeUndefined();
    await expect(
      writePersonal(restored, again.kit, somebody.memberId, "legal_name", NAME, new Date()),
    ).rejects.toMatchObject({
      code: "VAULT_KEY_DESTROYED",
    });
    await again.close();
    await restored.end();
  });

  it("is not served at all while the ledger cannot be read", async () => {
    const ledger = new ErasureLedger(people.settings.ERASURE_LEDGER ?? "");
    ledger.append(randomUUID(), new Date());
    const whole = readFileSync(people.settings.ERASURE_LEDGER ?? "", "utf8");
    appendFileSync(people.settings.ERASURE_LEDGER ?? "", "half a li");
    expect(ledger.read().length).toBeGreaterThan(0);
    appendFileSync(people.settings.ERASURE_LEDGER ?? "", "ne\n");
    await expect(open()).rejects.toMatchObject({ code: "LEDGER_BROKEN" });
    writeFileSync(people.settings.ERASURE_LEDGER ?? "", whole);
  });
});
