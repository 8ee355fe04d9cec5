import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { acrossMembers, asVisitor, letIn } from "../../src/platform/access/scope.ts";
import { isWalled, openPool, transaction } from "../../src/platform/db/pool.ts";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";
import { dropChecks, insertOf, type MemberTable, memberTables } from "./rows.ts";

let main: TestDatabase;
let keyvault: TestDatabase;
let app: pg.Pool;
let vault: pg.Pool;
const [alice, bob, officer] = [randomUUID(), randomUUID(), randomUUID()];
const tables: { table: MemberTable; pool: pg.Pool }[] = [];

beforeAll(async () => {
  const server = inject("postgres");
  [main, keyvault] = [await freshDatabase(server), await freshDatabase(server, undefined, "keyvault")];
  [app, vault] = [openPool(main.url, { max: 3 }), openPool(keyvault.url, { max: 3 })];
  for (const [database, pool] of [
    [main, app],
    [keyvault, vault],
  ] as const) {
    await dropChecks(database);
    for (const table of await memberTables(database)) {
      tables.push({ table, pool });
      for (const memberId of [alice, bob]) await database.pool.query(insertOf(table), [memberId]);
    }
  }
});
afterAll(async () => {
  await Promise.all([app?.end(), vault?.end()]);
  await Promise.all([main?.drop(), keyvault?.drop()]);
});

const as = <T>(memberId: string, work: () => Promise<T>, roles: ["compliance"] | [] = []): Promise<T> =>
  asVisitor(() => {
    letIn({ memberId, levels: new Set(), roles: new Set(roles) });
    return work();
  });

const membersIn = async ({ table, pool }: (typeof tables)[number]): Promise<string[]> => {
  const { rows } = await pool.query<{ id: string }>(`select "${table.key}" as id from ${table.name}`);
  return rows.map(({ id }) => id).filter((id) => id === alice || id === bob);
};

/** Names of the tables for which `ask` is not `wanted`, so that a failure names them all. */
async function exceptions<T>(ask: (one: (typeof tables)[number]) => Promise<T>, wanted: (one: MemberTable) => T) {
  const found: string[] = [];
  for (const one of tables) {
    const answer = JSON.stringify(await ask(one));
    if (answer !== JSON.stringify(wanted(one.table))) found.push(`${one.table.name}: ${answer}`);
  }
  return found;
}

describe("every table with rows of members, as the catalog names them,", () => {
  it("is walled in, against its owner too", () => {
    expect(tables.length).toBeGreaterThan(30);
    expect(tables.filter(({ table }) => !table.isWalled || !table.isForced).map(({ table }) => table.name)).toEqual([]);
  });

  it("is told to everybody only where the API publishes its rows", () => {
    const told = tables.filter(({ table }) => table.isTold).map(({ table }) => table.name);
    expect(told).toEqual(["app.member_wallets", "app.members", "app.profiles"]);
  });

  it("shows a member its own rows alone", async () => {
    const wanted = ({ isTold }: MemberTable) => (isTold ? [alice, bob].toSorted() : [alice]);
    expect(await exceptions(async (one) => (await as(alice, () => membersIn(one))).toSorted(), wanted)).toEqual([]);
  });

  it("shows nothing to whoever has not been let in", async () => {
    const wanted = ({ isTold }: MemberTable) => (isTold ? 2 : 0);
    expect(await exceptions(async (one) => (await membersIn(one)).length, wanted)).toEqual([]);
    expect(await exceptions(async (one) => (await asVisitor(() => membersIn(one))).length, wanted)).toEqual([]);
  });

  it("lets a member neither change nor remove another's rows", async () => {
    // What is only added to, the role may not change at all.
    const countOf = (asked: Promise<pg.QueryResult>) =>
      asked.then(
        ({ rowCount }) => rowCount,
        ({ code }: pg.DatabaseError) => (code === "42501" ? 0 : code),
      );
    const change = async ({ table: { name, key }, pool }: (typeof tables)[number]) => {
      const statement = `update ${name} set "${key}" = "${key}" where "${key}" = $1`;
      return countOf(as(alice, () => pool.query(statement, [bob])));
    };
    const remove = async ({ table: { name, key }, pool }: (typeof tables)[number]) => {
      const statement = `delete from ${name} where "${key}" = $1`;
      return countOf(as(alice, () => pool.query(statement, [bob])));
    };
    expect(await exceptions(change, () => 0)).toEqual([]);
    expect(await exceptions(remove, () => 0)).toEqual([]);
  });

  it("lets a member write no row in another's name", async () => {
    const write = ({ table, pool }: (typeof tables)[number]) =>
      as(alice, () => pool.query(insertOf(table), [bob])).then(
        () => "written",
        (error: pg.DatabaseError) => error.code,
      );
    expect(await exceptions(write, () => "42501")).toEqual([]);
  });

  it("shows the staff what they work on, and no second factor, session secret or key of anybody", async () => {
    const wanted = ({ isCared }: MemberTable) => (isCared ? 2 : 0);
    const seen = async (one: (typeof tables)[number]) =>
      (await as(officer, () => membersIn(one), ["compliance"])).length;
    expect(await exceptions(seen, wanted)).toEqual([]);
    const own = tables.filter(({ table }) => !table.isCared).map(({ table }) => table.name);
    for (const name of ["totp_secrets", "passkeys", "recovery_codes", "refresh_tokens", "api_keys"]) {
      expect(own).toContain(`app.${name}`);
    }
  });

  it("shows our own processes everything, once they say so", async () => {
    expect(
      await exceptions(
        async (one) => (await acrossMembers(() => membersIn(one))).length,
        () => 2,
      ),
    ).toEqual([]);
  });
});

describe("a statement that forgets whose row it wants", () => {
  const wrong = "select sealed from app.member_personal where member_id = $1";

  it("gets nothing through the pool, a transaction or the next request on the same connection", async () => {
    const single = openPool(main.url, { max: 1 });
    expect((await as(alice, () => single.query(wrong, [bob]))).rowCount).toBe(0);
    expect((await as(bob, () => single.query(wrong, [bob]))).rowCount).toBe(1);
    expect((await as(alice, () => transaction(single, (sql) => sql.query(wrong, [bob])))).rowCount).toBe(0);
    expect((await single.query(wrong, [bob])).rowCount).toBe(0);
    await single.end();
  });

  it("sees as its own asker does, also beside another one in the same transaction", async () => {
    const counts = await as(alice, () =>
      transaction(app, async (sql) => {
        const before = (await sql.query(wrong, [bob])).rowCount;
        const across = (await acrossMembers(() => sql.query(wrong, [bob]))).rowCount;
        return [before, across, (await sql.query(wrong, [bob])).rowCount];
      }),
    );
    expect(counts).toEqual([0, 1, 0]);
  });

  it("does not leave a refused statement's neighbours to run on their own", async () => {
    const late = as(alice, () =>
      transaction(app, async (sql) => {
        await Promise.all([
          sql.query("select 1 / 0"),
          sql.query("insert into app.members (id, created_at, last_activity_at) values ($1, now(), now())", [alice]),
        ]);
      }),
    );
    await expect(late).rejects.toMatchObject({ code: "22012" });
  });

  it("finds nobody who comes in outside of a request", () => {
    expect(() => letIn({ memberId: alice, levels: new Set(), roles: new Set() })).toThrow("outside of a request");
  });
});

describe("the role that serves", () => {
  const codeOf = (query: Promise<unknown>) =>
    query.then(
      () => "done",
      ({ code }: pg.DatabaseError) => code,
    );

  it("is bound by the walls, owns nothing, and takes no other role", async () => {
    expect([await isWalled(app), await isWalled(vault), await isWalled(main.pool)]).toEqual([true, true, false]);
    const owned = "select count(*)::integer as count from pg_class where pg_get_userbyid(relowner) = current_user";
    expect((await app.query(owned)).rows).toEqual([{ count: 0 }]);
    expect(await codeOf(app.query("set role tburn"))).toBe("42501");
  });

  it.each(["app.audit_entries", "app.audit_seals", "app.audit_roots"])("only adds to %s", async (name) => {
    for (const statement of [`update ${name} set hash = hash`, `delete from ${name}`, `truncate ${name}`]) {
      const written = name.endsWith("entries") ? statement.replaceAll("hash", "leaf") : statement;
      const asked = name.endsWith("roots") ? written.replaceAll("hash", "head") : written;
      expect(await codeOf(acrossMembers(() => app.query(asked)))).toBe("42501");
    }
  });

  it.each([
    "alter table app.sessions disable row level security",
    "drop policy cared on app.kyc_cases",
    "create table app.mine (id integer)",
    "select app.wall('app.kyc_cases'::regclass, 'told')",
    "delete from ops.migrations",
    "truncate app.members",
  ])("may not %s", async (statement) => {
    expect(await codeOf(app.query(statement))).toBe("42501");
  });

  it("does not come into the key vault, and its key reader does not read members", async () => {
    const there = new URL(keyvault.url);
    [there.username, there.password] = ["tburn_app", "tburn_app"];
    const stranger = new pg.Client({ connectionString: there.href });
    expect(await codeOf(stranger.connect())).toBe("42501");
    const here = new URL(main.url);
    [here.username, here.password] = ["tburn_vault", "tburn_vault"];
    const reader = new pg.Client({ connectionString: here.href });
    await reader.connect();
    expect(await codeOf(reader.query("select * from app.members"))).toBe("42501");
    await reader.end();
    expect(await codeOf(vault.query("delete from keyvault.member_keys"))).toBe("42501");
  });
});

it("looks across members only where docs/security/row-level.md says why", () => {
  const root = join(import.meta.dirname, "../../src");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const calling = files.filter(
    (file) => file !== "platform/access/scope.ts" && /\bacrossMembers\(/.test(readFileSync(join(root, file), "utf8")),
  );
  const told = readFileSync(join(root, "../../docs/security/row-level.md"), "utf8");
  const named = [...told.matchAll(/^\| `([\w./-]+\.ts)`/gm)].map(([, file]) => file);
  expect(calling.toSorted()).toEqual(named.toSorted());
});
