import { createHmac } from "node:crypto";
import pg from "pg";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeRoot, RootSigner, sealEntries } from "../../src/domains/audit/service/sealing.ts";
import { verifyTrail } from "../../src/domains/audit/service/verifying.ts";
import { system } from "../../src/platform/access/actor.ts";
import { canonical } from "../../src/platform/access/audit/canonical.ts";
import { type AuditTrail, trailOf } from "../../src/platform/access/audit/trail.ts";
import { until } from "../harness/until.ts";
import { refusal } from "./browser.ts";
import { type People, startPeople } from "./people.ts";

let people: People;
let trail: AuditTrail;
let signer: RootSigner;
beforeAll(async () => {
  people = await startPeople();
  const seed = Buffer.from(people.settings.TOKEN_SEED ?? "", "base64");
  [trail, signer] = [trailOf(seed), new RootSigner(seed)];
});
afterAll(() => people?.stop());

const tables = "app.audit_entries, app.audit_seals, app.audit_roots, app.audit_pending";
/** As somebody with the whole database in their hands, who switches off what refuses. */
const asOwner = async (text: string, values: unknown[] = []) => {
  const client = new pg.Client({ connectionString: people.database.ownerUrl });
  await client.connect();
  await client.query("set session_replication_role = replica");
  await client.query(text, values).finally(() => client.end());
};
beforeEach(async () => {
  await people.forgetVisits();
  await asOwner(`truncate ${tables} restart identity`);
});

const kit = () => ({ pool: people.database.pool, clock: () => new Date() });
const write = async (count: number, subjectId?: string) => {
  for (let n = 0; n < count; n++) {
    await trail.append(
      people.database.pool,
      system,
      { action: "test.act", ...(subjectId && { subjectId }), detail: { n } },
      new Date(),
    );
  }
};
/** Seals until `count` are: transactions of other tests on this server hold entries back, too. */
const sealAll = async (count: number, once = () => sealEntries(kit())) => {
  let done = 0;
  await until("everything is sealed", async () => {
    done += await once();
    return done >= count;
  });
  return done;
};
const sealed = async (count: number) => {
  await write(count);
  await sealAll(count);
  await makeRoot(kit(), signer);
};
const found = () => verifyTrail(people.database.pool, trail, signer);

describe("the audit trail", () => {
  it("holds when nobody touched it", async () => {
    await sealed(20);
    await sealed(5);
    await write(2);
    expect(await found()).toEqual({ ok: true, checked: 25, badRoots: [], unrooted: 0, unsealed: 2 });
  });

  it("refuses to be changed, shortened or emptied", async () => {
    await sealed(3);
    const attempts = [
      "update app.audit_entries set action = 'other'",
      "delete from app.audit_entries where id = 2",
      "truncate app.audit_entries",
      "update app.audit_seals set hash = '\\x00'",
      "delete from app.audit_roots",
    ];
    for (const attempt of attempts) {
      await expect(people.database.pool.query(attempt), attempt).rejects.toThrow("the audit trail is only added to");
    }
  });

  const afterwards = async (text: string) => {
    await sealed(10);
    await asOwner(text);
    const { ok, firstBad, badRoots } = await found();
    return { ok, firstBad, badRoots };
  };

  it("names the first entry that its owner changed", async () => {
    expect(await afterwards(`update app.audit_entries set detail = '{"n": 99}' where id = 4`)).toEqual({
      ok: false,
      firstBad: { seq: 4, problem: "ENTRY_CHANGED" },
      badRoots: [],
    });
  });

  it("misses an entry that its owner removed, and the seal with it", async () => {
    const gone = { ok: false, firstBad: { seq: 7, problem: "ENTRY_GONE" }, badRoots: [] };
    expect(await afterwards("delete from app.audit_entries where id = 7")).toEqual(gone);
    await asOwner("delete from app.audit_seals where seq = 7");
    expect(await found()).toMatchObject({ ok: false, firstBad: { seq: 7, problem: "SEAL_GONE" }, badRoots: [10] });
  });

  it("misses a tail that was cut off", async () => {
    await afterwards("delete from app.audit_entries where id > 8");
    await asOwner("delete from app.audit_seals where seq > 8");
    expect(await found()).toMatchObject({ ok: false, badRoots: [10] });
  });

  it("does not take an entry whose leaf its owner made without the key", async () => {
    await sealed(4);
    const body = { n: 1 };
    const forged = createHmac("sha256", Buffer.alloc(32)).update(canonical(body)).digest();
    await asOwner("update app.audit_entries set leaf = $1 where id = 2", [forged]);
    expect((await found()).firstBad).toEqual({ seq: 2, problem: "ENTRY_CHANGED" });
  });

  it("does not take a root that another key signed", async () => {
    await sealed(4);
    await asOwner("update app.audit_roots set signature = $1", [Buffer.alloc(64, 1)]);
    expect((await found()).badRoots).toEqual([4]);
  });

  it("seals an entry whose transaction ended after that of a later one", async () => {
    const slow = await people.database.pool.connect();
    await slow.query("begin");
    await trail.append(slow, system, { action: "slow.act" }, new Date());
    await write(3);
    expect(await sealEntries(kit())).toBe(0);
    await slow.query("commit");
    slow.release();
    expect(await sealAll(4)).toBe(4);
    expect(await found()).toMatchObject({ ok: true, checked: 4 });
  });

  it("seals each entry once, however many sealers run", async () => {
    await write(50);
    const four = async () => {
      const counts = await Promise.all(Array.from({ length: 4 }, () => sealEntries(kit())));
      return counts.reduce((sum, count) => sum + count);
    };
    expect(await sealAll(50, four)).toBe(50);
    expect(await found()).toMatchObject({ ok: true, checked: 50, unsealed: 0 });
  });

  it("goes on after its database was restored on another server, whose transactions have lower numbers", async () => {
    await write(2);
    await asOwner("update app.audit_pending set xid = '9000000000000'::xid8");
    expect(await sealEntries(kit())).toBe(2);
  });
});

describe("the trail's reader", () => {
  const person = async () => {
    const page = people.browser();
    const { memberId, accessToken } = await page.signIn(privateKeyToAccount(generatePrivateKey()));
    const ask = (path: string) => page.as(accessToken, "GET", `/api/v1${path}`);
    return { memberId, ask };
  };

  it("recomputes each entry with the key of that entry alone, and stands in the trail for it", async () => {
    await sealed(3);
    const { memberId, ask } = await person();
    await people.appoint(memberId, "auditor");
    const { entries } = (await (await ask("/audit/entries")).json()) as {
      entries: { leaf: string; opening: string; body: object }[];
    };
    for (const { leaf, opening, body } of entries) {
      const key = Buffer.from(opening.slice(2), "hex");
      expect(`0x${createHmac("sha256", key).update(canonical(body)).digest("hex")}`).toBe(leaf);
    }
    expect(entries).toHaveLength(3);
    const { rows } = await people.database.pool.query(
      "select actor_id from app.audit_entries where action = 'audit.read'",
    );
    expect(rows).toEqual([{ actor_id: memberId }]);
  });

  it("is an auditor; an administrator is not one", async () => {
    const { memberId, ask } = await person();
    expect(await refusal(await ask("/audit/entries"))).toEqual([403, "FORBIDDEN"]);
    await people.appoint(memberId, "administrator");
    expect(await refusal(await ask("/audit/entries"))).toEqual([403, "FORBIDDEN"]);
    expect(await refusal(await ask("/audit/roots"))).toEqual([403, "FORBIDDEN"]);
  });

  it("is each member for what concerns it, without the names of the staff", async () => {
    const [mine, other] = [await person(), await person()];
    await write(2, mine.memberId);
    await write(3, other.memberId);
    // Both have signed in, too.
    await sealAll(7);
    const { entries } = (await (await mine.ask(`/members/${mine.memberId}/audit-logs`)).json()) as {
      entries: { action: string; by: string }[];
    };
    expect(entries.map(({ action, by }) => `${action} by ${by}`)).toEqual([
      "session.begin by you",
      "test.act by system",
      "test.act by system",
    ]);
    expect((await mine.ask(`/members/${other.memberId}/audit-logs`)).status).toBe(404);
  });
});
