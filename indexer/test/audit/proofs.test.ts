import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { leadsTo, pathOf, rootOf, sealOf } from "../../src/domains/audit/rules.ts";
import { refusal } from "../members/browser.ts";
import { type People, startPeople } from "../members/people.ts";
import { EMPTY, type Trail, trailUnder } from "./trail.ts";

const bytes = (hex: string) => Buffer.from(hex.replace(/^0x/, ""), "hex");
const hashes = (size: number) =>
  Array.from({ length: size }, (_, n) => createHash("sha256").update(`seal ${n}`).digest());

describe("an inclusion proof", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 32, 33])("leads from each of %i hashes to their root", (size) => {
    const all = hashes(size);
    for (const [i, hash] of all.entries())
      expect(leadsTo(rootOf(all), hash, i, size, pathOf(all, i)), `${i}`).toBe(true);
  });

  it("leads nowhere with another hash, place, number of hashes or path", () => {
    const all = hashes(7);
    const [root, path] = [rootOf(all), pathOf(all, 4)];
    const hash = all[4] as Buffer;
    expect(leadsTo(root, all[3] as Buffer, 4, 7, path)).toBe(false);
    expect(leadsTo(root, hash, 5, 7, path)).toBe(false);
    expect(leadsTo(root, hash, 4, 5, path)).toBe(false);
    expect(leadsTo(root, hash, 4, 7, path.slice(1))).toBe(false);
    expect(leadsTo(root, hash, 4, 7, [...path, hash])).toBe(false);
    expect(leadsTo(root, hash, 7, 7, path)).toBe(false);
    expect(leadsTo(root, hash, -1, 7, path)).toBe(false);
  });

  it("is what the vectors say, which the dApp is held against, too", () => {
    const file = join(import.meta.dirname, "../../../deployments/audit-proofs.json");
    const vectors = JSON.parse(readFileSync(file, "utf8")) as {
      size: number;
      root: string;
      proofs: { index: number; hash: string; siblings: string[] }[];
    }[];
    for (const { size, root, proofs } of vectors) {
      const all = hashes(size);
      expect(rootOf(all)).toEqual(bytes(root));
      expect(proofs).toHaveLength(size);
      for (const { index, hash, siblings } of proofs) {
        expect(all[index]).toEqual(bytes(hash));
        expect(pathOf(all, index)).toEqual(siblings.map(bytes));
      }
    }
  });
});

interface Told {
  seq: number;
  leaf: string;
  previous: string;
  hash: string;
  siblings: string[];
  root: { firstSeq: number; lastSeq: number; root: string; anchor: { transactionHash: string } | null } | null;
}

describe("the proof of an entry", () => {
  let people: People;
  let trail: Trail;
  beforeAll(async () => {
    people = await startPeople();
    trail = await trailUnder(people);
  });
  afterAll(async () => {
    await trail?.close();
    await people?.stop();
  });
  beforeEach(async () => {
    await people.forgetVisits();
    await trail.asOwner(EMPTY);
  });

  const person = async () => {
    const page = people.browser();
    const { memberId, accessToken } = await page.signIn(privateKeyToAccount(generatePrivateKey()));
    const ask = (seq: number | string) => page.as(accessToken, "GET", `/api/v1/audit/${seq}/proof`);
    return { memberId, ask, told: async (seq: number) => (await (await ask(seq)).json()) as Told };
  };
  const holds = ({ seq, leaf, previous, hash, siblings, root }: Told) => {
    if (!root) return false;
    const { firstSeq, lastSeq } = root;
    const size = lastSeq - firstSeq + 1;
    const sealed = sealOf(bytes(previous), seq, bytes(leaf)).equals(bytes(hash));
    return sealed && leadsTo(bytes(root.root), bytes(hash), seq - firstSeq, size, siblings.map(bytes));
  };

  it("leads an auditor from the leaf to the root and to its transaction, and is written down", async () => {
    const auditor = await person();
    await people.appoint(auditor.memberId, "auditor");
    await trail.asOwner(EMPTY);
    await trail.day(4);
    await trail.day(7);
    const waits = await auditor.told(6);
    expect([holds(waits), waits.root]).toEqual([
      true,
      expect.objectContaining({ firstSeq: 5, lastSeq: 11, anchor: null }),
    ]);
    await trail.anchor();
    await trail.follow();
    const { rows } = await people.database.pool.query("select tx_hash from chain.audit_anchors where first_seq = 5");
    const anchored = await auditor.told(6);
    expect([holds(anchored), anchored.root?.anchor?.transactionHash]).toEqual([true, rows[0].tx_hash]);
    const { rows: looks } = await people.database.pool.query(
      "select detail from app.audit_entries where action = 'audit.prove' and actor_id = $1",
      [auditor.memberId],
    );
    expect(looks).toEqual([{ detail: { seq: 6 } }, { detail: { seq: 6 } }]);
  });

  it("says that there is no root yet for what was sealed since", async () => {
    const auditor = await person();
    await people.appoint(auditor.memberId, "auditor");
    await trail.asOwner(EMPTY);
    await trail.write(1);
    await trail.seal();
    expect(await auditor.told(1)).toMatchObject({ seq: 1, siblings: [], root: null });
  });

  it("is a member's for what concerns it; others' entries are as if they were not", async () => {
    const [mine, other] = [await person(), await person()];
    await trail.asOwner(EMPTY);
    await trail.write(2, other.memberId);
    await trail.day(2, mine.memberId);
    expect(holds(await mine.told(3))).toBe(true);
    for (const seq of [1, 99]) expect(await refusal(await mine.ask(seq))).toEqual([404, "AUDIT_ENTRY_UNKNOWN"]);
    for (const seq of ["x", "0", "1.5"]) expect(await refusal(await mine.ask(seq))).toEqual([422, "INPUT_INVALID"]);
  });

  it("is for nobody who has not signed in", async () => {
    expect((await people.browser().send("GET", "/api/v1/audit/1/proof")).status).toBe(401);
  });
});
