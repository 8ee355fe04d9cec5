import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type People, startPeople } from "../members/people.ts";
import { EMPTY, type Trail, trailUnder } from "./trail.ts";

let people: People;
let trail: Trail;

describe("a trail that is anchored", () => {
  let before: string;
  beforeAll(async () => {
    people = await startPeople();
    trail = await trailUnder(people);
    before = await people.chain.rpc("evm_snapshot");
  });
  beforeEach(async () => {
    await people.chain.rpc("evm_revert", [before]);
    before = await people.chain.rpc("evm_snapshot");
    await trail.asOwner(EMPTY);
    await trail.day(10);
    await trail.day(10);
    await trail.anchor();
  });
  afterAll(async () => {
    await trail?.close();
    await people?.stop();
  });

  it("holds against the chain, with what was sealed since", async () => {
    await trail.day(4);
    const { ok, chain } = await trail.foundFromChain();
    expect(ok).toBe(true);
    expect(chain).toEqual({
      block: await people.chain.height(),
      anchors: 2,
      lastSeq: 20,
      badAnchors: [],
      unanchored: 4,
    });
  });

  it("of which an entry is edited, names it", async () => {
    await trail.asOwner(`update app.audit_entries set detail = '{"n": 99}' where id = 14`);
    expect(await trail.foundFromChain()).toMatchObject({ ok: false, firstBad: { seq: 14, problem: "ENTRY_CHANGED" } });
  });

  it("of which an entry is deleted, names it; and the stretch, once its seal is gone, too", async () => {
    await trail.asOwner("delete from app.audit_entries where id = 7");
    const gone = await trail.foundFromChain();
    expect(gone).toMatchObject({ ok: false, firstBad: { seq: 7, problem: "ENTRY_GONE" } });
    await trail.asOwner("delete from app.audit_seals where seq = 7");
    expect(await trail.foundFromChain()).toMatchObject({
      ...{ ok: false, firstBad: { seq: 7, problem: "SEAL_GONE" } },
      chain: { firstBad: { seq: 1, problem: "ROOT_DIFFERS" }, badAnchors: [10] },
    });
  });

  it("of which two entries changed places, names the first", async () => {
    await trail.asOwner(
      "update app.audit_seals set entry_id = -12 where entry_id = 12; update app.audit_seals set entry_id = 12 where entry_id = 13; update app.audit_seals set entry_id = 13 where entry_id = -12",
    );
    expect(await trail.foundFromChain()).toMatchObject({ ok: false, firstBad: { seq: 12, problem: "CHAIN_BROKEN" } });
  });

  it("that was made anew with the seed holds by itself, and not against the chain", async () => {
    await trail.asOwner(EMPTY);
    await trail.day(10);
    await trail.day(10);
    expect(await trail.found()).toMatchObject({ ok: true, checked: 20 });
    expect(await trail.foundFromChain()).toMatchObject({
      ...{ ok: false, checked: 20 },
      chain: { firstBad: { seq: 1, problem: "ROOT_DIFFERS" }, badAnchors: [10, 20] },
    });
  });

  it("whose tail was made anew with the seed differs from the stretch on that it begins in", async () => {
    await trail.asOwner(
      "delete from app.audit_roots where last_seq > 10; delete from app.audit_seals where seq > 10; delete from app.audit_entries where id > 10",
    );
    await trail.day(10);
    expect(await trail.found()).toMatchObject({ ok: true, checked: 20 });
    expect(await trail.foundFromChain()).toMatchObject({
      ok: false,
      chain: { firstBad: { seq: 11, problem: "ROOT_DIFFERS" }, badAnchors: [20] },
    });
  });

  it("whose tail was cut, roots and all, holds by itself, and misses it against the chain", async () => {
    await trail.asOwner(
      "delete from app.audit_roots where last_seq > 10; delete from app.audit_seals where seq > 15; delete from app.audit_entries where id > 15",
    );
    expect(await trail.found()).toMatchObject({ ok: true, checked: 15 });
    expect(await trail.foundFromChain()).toMatchObject({
      ok: false,
      chain: { lastSeq: 20, firstBad: { seq: 16, problem: "TAIL_MISSING" }, badAnchors: [20], unanchored: -5 },
    });
  });

  it("is held against the contract, and never against what our tables say of it", async () => {
    await trail.follow();
    await trail.asOwner(EMPTY);
    await trail.day(20);
    await trail.asOwner(
      "delete from chain.audit_anchors; insert into chain.audit_anchors select first_seq, last_seq, '0x' || encode(root, 'hex'), '0x' || encode(head, 'hex'), '', 0, 0, 0, '' from app.audit_roots",
    );
    expect((await trail.foundFromChain()).ok).toBe(false);
  });
});

describe("the command line", () => {
  const folder = mkdtempSync(join(tmpdir(), "tburn-audit-"));
  beforeAll(async () => {
    people = await startPeople();
    trail = await trailUnder(people);
    people.chain.writeRecord(join(folder, "deployment.json"));
    await trail.day(5);
    await trail.anchor();
    await trail.asOwner(EMPTY);
    await trail.day(5);
  });
  afterAll(async () => {
    await trail?.close();
    await people?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs a real process. @param RPC_URL Of the service; the operator's own node is an option. */
  function verify(args: string[], RPC_URL = people.chain.url) {
    const env = {
      ...{ DATABASE_URL: people.database.url, RPC_URL, CHAIN_ID: String(people.chain.record.chainId) },
      ...{ ...people.settings, DEPLOYMENT_FILE: join(folder, "deployment.json") },
    };
    const cli = join(import.meta.dirname, "../../src/cli.ts");
    return new Promise<{ code: number; output: string; said: string }>((resolve) => {
      execFile(process.execPath, [cli, "audit", "verify", ...args], { env }, (error, output, said) =>
        resolve({ code: error ? Number(error.code) : 0, output, said }),
      );
    });
  }

  it("finds a rebuilt trail by the chain alone, at a node of the operator's choice, and ends with 1", async () => {
    expect((await verify([])).code).toBe(0);
    const { code, output, said } = await verify(["--from-chain", "--rpc", people.chain.url], "http://127.0.0.1:9");
    expect([code, said]).toEqual([1, expect.stringContaining("AUDIT_BROKEN")]);
    expect(JSON.parse(output)).toMatchObject({ ok: false, chain: { firstBad: { seq: 1, problem: "ROOT_DIFFERS" } } });
  });

  it("finds nothing out where no node answers, and says so", async () => {
    const { code, said } = await verify(["--from-chain", "--rpc", "http://127.0.0.1:9"]);
    expect([code, said]).toEqual([1, expect.stringContaining("RPC_UNREACHABLE")]);
  });

  it("refuses options that it does not understand", async () => {
    for (const args of [["--chain"], ["--rpc", people.chain.url], ["--from-chain", "--rpc", "here"]]) {
      const { code, said } = await verify(args);
      expect([code, said], args.join(" ")).toEqual([1, expect.stringContaining("COMMAND_INVALID")]);
    }
  });
});
