import { createHash } from "node:crypto";
import { Decrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { elsewhere, parts } from "../../../src/domains/portability/parts.ts";
import { everything } from "../../harness/database.ts";
import { until } from "../../harness/until.ts";
import { memberTables } from "../../walls/rows.ts";
import { refusal } from "../browser.ts";
import { type Kyc, picture, startKyc } from "./applicants.ts";

const LATIN = "CANARYBIRD EXPORTED";
const INSIDE = "canary-inside-the-exported-document";

let kyc: Kyc;
beforeAll(async () => {
  kyc = await startKyc();
});
afterAll(() => kyc?.stop());
beforeEach(() => kyc.people.forgetVisits());

type Person = Awaited<ReturnType<Kyc["person"]>>;
interface Standing {
  id: string;
  state: string;
  size: number | null;
  sha256: string | null;
}
const pathOf = ({ memberId }: Person) => `/api/v1/members/${memberId}/export`;
const asked = (one: Person, body: object = {}) =>
  one.must<{ export: Standing; key: string | null }>("POST", pathOf(one), body);
const standing = async (one: Person) => (await one.must<{ export: Standing | null }>("GET", pathOf(one))).export;
const ready = (one: Person) =>
  until("the archive", async () => {
    const now = await standing(one);
    return now?.state === "ready" ? now : undefined;
  });
const fetched = (one: Person, id: string, of = one) => one.ask("POST", `${pathOf(of)}/${id}/archive`, {});

/** Opens an archive as its owner would, with the key that was told once. */
async function opened(archive: Uint8Array, key: string): Promise<Record<string, Buffer>> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(key);
  const files = unzipSync(await decrypter.decrypt(archive));
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes)]));
}
const rowsIn = (files: Record<string, Buffer>, name: string) =>
  JSON.parse((files[`${name}.json`] ?? "").toString()) as Record<string, unknown>[];

async function publish(one: Person, displayName: string): Promise<void> {
  const { pool } = kyc.people.database;
  await pool.query(
    `insert into app.profiles (member_id, version, display_name, bio, website, links, tags, language, currency, time_zone, custom, changed_at)
     values ($1, 1, $2, '=cmd|calc', '', '[]', '{}', 'ko', 'KRW', 'Asia/Seoul', '{}', now())`,
    [one.memberId, displayName],
  );
}

/** A member with a case, a document and a profile that means no good. */
async function full(displayName = "../../x") {
  const one = await kyc.person();
  await kyc.begin(one, LATIN);
  await kyc.upload(one, Buffer.concat([picture(500), Buffer.from(INSIDE)]));
  await publish(one, displayName);
  return one;
}

describe("a member's copy of its data", () => {
  it("opens with the key that was told once; each file has the hash and the form that the archive says", async () => {
    const one = await full();
    const { key, export: begun } = await asked(one);
    expect(begun.state).toBe("waiting");
    const { size, sha256 } = await ready(one);
    const archive = Buffer.from(await (await fetched(one, begun.id)).arrayBuffer());
    expect([archive.length, createHash("sha256").update(archive).digest("hex")]).toEqual([size, sha256]);
    const files = await opened(archive, key ?? "");

    const manifest = JSON.parse((files["manifest.json"] ?? "").toString()) as {
      memberId: string;
      files: { name: string; bytes: number; sha256: string }[];
    };
    expect(manifest.memberId).toBe(one.memberId);
    expect(["manifest.json", ...manifest.files.map(({ name }) => name)].toSorted()).toEqual(
      Object.keys(files).toSorted(),
    );
    for (const { name, bytes, sha256: hash } of manifest.files) {
      const content = files[name] ?? Buffer.alloc(0);
      expect([name, content.length, createHash("sha256").update(content).digest("hex")]).toEqual([name, bytes, hash]);
    }
    const ajv = new Ajv2020({ strict: false });
    (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
    for (const [name, schema] of Object.entries(JSON.parse((files["schema.json"] ?? "").toString()) as object)) {
      const fits = ajv.validate(schema as object, JSON.parse((files[name] ?? "").toString()));
      expect([name, fits, ajv.errorsText()]).toEqual([name, true, "No errors"]);
    }
    expect(rowsIn(files, "identity")).toContainEqual({ field: "latin_name", value: LATIN });
    expect(rowsIn(files, "wallets")[0]?.address).toBe(one.account.address.toLowerCase());
    expect(rowsIn(files, "acts").map(({ action }) => action)).toContain("export.ask");
    expect(files["documents/1.jpg"]?.includes(INSIDE)).toBe(true);
  });

  it("has names of ours alone, and no cell that a spreadsheet takes for a formula", async () => {
    const one = await full("=cmd");
    const { key, export: begun } = await asked(one);
    await ready(one);
    const files = await opened(Buffer.from(await (await fetched(one, begun.id)).arrayBuffer()), key ?? "");
    for (const name of Object.keys(files)) expect(name).toMatch(/^(documents\/\d+\.jpg|[a-z-]+\.(json|csv))$/);
    const csv = (files["profile.csv"] ?? "").toString();
    expect(csv).toContain("'=cmd,'=cmd|calc");
    for (const [name, bytes] of Object.entries(files)) {
      if (name.endsWith(".csv")) expect(bytes.toString()).not.toMatch(/(^|[,\n])"?[=+@\t]/);
    }
    // In JSON the words are as they were written.
    expect(rowsIn(files, "profile")[0]?.displayName).toBe("=cmd");
  });

  it("is encrypted to a recipient of the member's own, which we cannot open", async () => {
    const one = await full();
    const identity = await generateX25519Identity();
    const { key, export: begun } = await asked(one, { recipient: await identityToRecipient(identity) });
    expect(key).toBeNull();
    await ready(one);
    const archive = Buffer.from(await (await fetched(one, begun.id)).arrayBuffer());
    expect(Object.keys(await opened(archive, identity))).toContain("manifest.json");
    await expect(opened(archive, await generateX25519Identity())).rejects.toThrow();
  });

  it("lies nowhere in plain text, and its key nowhere at all", async () => {
    const one = await full();
    const { key } = await asked(one);
    await ready(one);
    const [dump, keys, disk] = [
      await everything(kyc.pool),
      await everything(kyc.people.keyvault.pool),
      kyc.bytesOnDisk(),
    ];
    for (const canary of [LATIN, INSIDE, key ?? "", (key ?? "").toLowerCase()]) {
      expect(dump.includes(canary)).toBe(false);
      expect(dump.includes(Buffer.from(canary).toString("hex"))).toBe(false);
      expect(keys.includes(canary)).toBe(false);
      expect(disk.includes(canary)).toBe(false);
    }
  });

  it("is handed out once", async () => {
    const one = await full();
    const { export: begun } = await asked(one);
    await ready(one);
    const answers = await Promise.all(Array.from({ length: 4 }, () => fetched(one, begun.id)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404, 404, 404]);
    expect((await standing(one))?.state).toBe("fetched");
    const { rows } = await kyc.pool.query("select archive from app.exports where id = $1", [begun.id]);
    expect(rows).toEqual([{ archive: null }]);
  });

  it("is asked for once at a time; its key is not told again, and a new one comes after taking it back", async () => {
    const one = await full();
    const [first, second] = [await asked(one), await asked(one)];
    expect([second.export.id, second.key]).toEqual([first.export.id, null]);
    expect((await one.ask("DELETE", pathOf(one))).status).toBe(204);
    const third = await asked(one);
    expect(third.export.id).not.toBe(first.export.id);
    expect(third.key).toMatch(/^AGE-SECRET-KEY-1/);
  });

  it("is nobody else's to see, to ask for or to fetch", async () => {
    const [one, other] = [await full(), await kyc.person()];
    const { export: begun } = await asked(one);
    await ready(one);
    const missing = [404, "MEMBER_NOT_FOUND"];
    expect(await refusal(await other.ask("GET", pathOf(one)))).toEqual(missing);
    expect(await refusal(await other.ask("POST", pathOf(one), {}))).toEqual(missing);
    expect(await refusal(await fetched(other, begun.id, one))).toEqual(missing);
    expect(await refusal(await fetched(other, begun.id))).toEqual([404, "EXPORT_NOT_FOUND"]);
    expect((await fetched(one, begun.id)).status).toBe(200);
  });

  it("asks for a second factor, and for a recipient that is one", async () => {
    const one = await kyc.person();
    expect(await refusal(await one.ask("POST", pathOf(one), { recipient: "age1nonsense" }))).toEqual([
      422,
      "INPUT_INVALID",
    ]);
    await kyc.pool.query("update app.sessions set stepped_up_at = null where member_id = $1", [one.memberId]);
    expect(await refusal(await one.ask("POST", pathOf(one), {}))).toEqual([401, "STEP_UP_REQUIRED"]);
  });

  it("is gone after a day, fetched or not", async () => {
    const one = await full();
    const { export: begun } = await asked(one);
    await ready(one);
    await kyc.pool.query("update app.exports set ends_at = now() where id = $1", [begun.id]);
    expect(await refusal(await fetched(one, begun.id))).toEqual([404, "EXPORT_NOT_FOUND"]);
    await kyc.queued("portability-ends");
    await until("its end", async () => (await standing(one))?.state === "ended");
    const { rows } = await kyc.pool.query("select archive from app.exports where id = $1", [begun.id]);
    expect(rows).toEqual([{ archive: null }]);
  });
});

it("tells of every table with rows of a member, or says why not", async () => {
  const tables = (await memberTables(kyc.people.database)).map(({ name }) => name);
  const told = [...parts.flatMap((part) => part.tables), "app.audit_entries", ...Object.keys(elsewhere)];
  expect(tables.filter((name) => !told.includes(name))).toEqual([]);
  expect(Object.keys(elsewhere).filter((name) => !tables.includes(name))).toEqual([]);
});
