import { randomUUID } from "node:crypto";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Category, categories, schedule } from "../../src/domains/retention/rules.ts";
import { runRetention } from "../../src/domains/retention/service.ts";
import type { Role } from "../../src/platform/access/actor.ts";
import { trailOf } from "../../src/platform/access/audit/trail.ts";
import { acrossMembers } from "../../src/platform/access/scope.ts";
import { openPool } from "../../src/platform/db/pool.ts";
import type { Kit } from "../../src/platform/domain.ts";
import { refusal } from "./browser.ts";
import { type People, startPeople } from "./people.ts";

let people: People;
let kit: Kit;
beforeAll(async () => {
  people = await startPeople();
  const audit = trailOf(Buffer.from(people.settings.TOKEN_SEED ?? "", "base64"));
  // As the server, which is walled in.
  kit = { pool: openPool(people.database.url, { max: 3 }), clock: () => new Date(), audit } as Kit;
});
afterAll(async () => {
  await kit?.pool.end();
  await people?.stop();
});
beforeEach(() => people.forgetVisits());

const query = (text: string, ...values: unknown[]) => people.database.pool.query(text, values);
const count = async (table: string, memberId: string) =>
  (await query(`select 1 from app.${table} where member_id = $1`, memberId)).rowCount;
const run = () => acrossMembers(() => runRetention(kit));

async function member(...roles: Role[]) {
  const page = people.browser();
  const { memberId, accessToken } = await page.signIn(privateKeyToAccount(generatePrivateKey()));
  for (const role of roles) await people.appoint(memberId, role);
  return { memberId, get: (path: string) => page.as(accessToken, "GET", path) };
}

/** One row of each category that ended `days` ago. */
async function leave(memberId: string, days: number): Promise<void> {
  const id = randomUUID();
  await query(
    `update app.sessions set revoked_at = now() - make_interval(days => $2), revoked_because = 'signed_out' where member_id = $1`,
    ...[memberId, days],
  );
  await query(
    "insert into app.sign_in_failures (member_id, day, because, count) values ($1, current_date - $2::integer, 'network', 1)",
    ...[memberId, days],
  );
  await query(
    `insert into app.registrations (member_id, id, state, version, tier, language, started_at, entered_at, closed_at)
     select $1, $2, 'EXPIRED', 1, 'BASIC_USER', 'en', at, at, at from (select now() - make_interval(days => $3) as at) n`,
    ...[memberId, id, days],
  );
  await query(
    `insert into app.registration_steps (member_id, registration_id, version, command, from_state, to_state, at)
     values ($1, $2, 1, 'expire', 'EMAIL_PENDING', 'EXPIRED', now())`,
    ...[memberId, id],
  );
  await query(
    "insert into app.events (at, event, member_id, detail) values (now() - make_interval(days => $2), 'Test', $1, '{}')",
    ...[memberId, days],
  );
  await query(
    "insert into app.news_mails (member_id, news_id, at) values ($1, $2, now() - make_interval(days => $3))",
    ...[memberId, randomUUID(), days],
  );
  await query(
    `insert into app.exports (member_id, id, state, recipient, requested_at, ends_at)
     select $1, $2, 'fetched', 'age1', at, at from (select now() - make_interval(days => $3) as at) n`,
    ...[memberId, randomUUID(), days],
  );
  await query(
    `insert into app.webhook_deliveries (member_id, endpoint_id, id, event, event_key, data, happened_at, state, attempts,
                                         created_at, ended_at)
     select $1, $2, $2, 'Test', 'test', '{}', at, 'delivered', 1, at, at
       from (select now() - make_interval(days => $3) as at) n`,
    ...[memberId, randomUUID(), days],
  );
}

const tables: Record<Category, string> = {
  ...{ sessions: "sessions", sign_in_failures: "sign_in_failures", abandoned_registrations: "registrations" },
  ...{ events: "events", news_mails: "news_mails", exports: "exports" },
  webhook_deliveries: "webhook_deliveries",
};
const left = async (memberId: string) => {
  const kept: string[] = [];
  for (const category of categories) if (await count(tables[category], memberId)) kept.push(category);
  return kept;
};

describe("what has ended", () => {
  it("goes once its time is over, with what hangs on it, and not a day before", async () => {
    const [old, new_] = [await member(), await member()];
    await leave(old.memberId, 400);
    await leave(new_.memberId, 1);
    await run();
    expect(await left(old.memberId)).toEqual([]);
    expect([await count("refresh_tokens", old.memberId), await count("registration_steps", old.memberId)]).toEqual([
      0, 0,
    ]);
    expect(await left(new_.memberId)).toEqual(categories);
    expect([await count("refresh_tokens", new_.memberId), await count("registration_steps", new_.memberId)]).toEqual([
      1, 1,
    ]);
  });

  it.each(categories)("of %s goes by the schedule of that category", async (category) => {
    const [before, after] = [await member(), await member()];
    await leave(before.memberId, schedule[category] - 1);
    await leave(after.memberId, schedule[category] + 2);
    await run();
    expect(await left(before.memberId)).toContain(category);
    expect(await left(after.memberId)).not.toContain(category);
  });

  it("stays while a legal hold stands, and goes when it is lifted", async () => {
    const held = await member();
    await leave(held.memberId, 400);
    await query(
      "insert into app.legal_holds (member_id, id, reference, placed_at, placed_by) values ($1, $2, 'court/1', now(), $2)",
      ...[held.memberId, randomUUID()],
    );
    const reports = await run();
    expect(await left(held.memberId)).toEqual(categories);
    for (const { category, held: count, oldestLeft } of reports) {
      expect([category, count]).toEqual([category, 1]);
      expect(oldestLeft?.getTime()).toBeLessThan(Date.now() - 399 * 86_400_000);
    }
    await query("update app.legal_holds set lifted_at = now() where member_id = $1", held.memberId);
    await run();
    expect(await left(held.memberId)).toEqual([]);
  });
});

describe("each run", () => {
  it("leaves a report and an audit entry per category, which auditors and administrators read", async () => {
    const gone = await member();
    await leave(gone.memberId, 400);
    const [{ runId = "" } = {}] = await run();
    for (const role of ["auditor", "administrator"] as const) {
      const response = await (await member(role)).get("/api/v1/admin/retention-reports");
      const { reports } = (await response.json()) as {
        reports: { runId: string; category: string; removed: number }[];
      };
      const mine = reports.filter((report) => report.runId === runId);
      expect(mine.map(({ category }) => category).toSorted()).toEqual(categories.toSorted());
      for (const { removed } of mine) expect(removed).toBeGreaterThanOrEqual(1);
    }
    const { rowCount } = await query(
      "select 1 from app.audit_entries where action = 'retention.run' and detail->>'runId' = $1",
      runId,
    );
    expect(rowCount).toBe(categories.length);
  });

  it("is told to nobody else", async () => {
    for (const role of [[], ["compliance"]] as Role[][]) {
      const answer = await (await member(...role)).get("/api/v1/admin/retention-reports");
      expect(await refusal(answer)).toEqual([403, "FORBIDDEN"]);
    }
  });

  it("cannot be unsaid by the role that serves", async () => {
    for (const statement of ["update app.retention_reports set removed = 0", "delete from app.retention_reports"]) {
      await expect(acrossMembers(() => kit.pool.query(statement))).rejects.toMatchObject({ code: "42501" });
    }
  });
});
