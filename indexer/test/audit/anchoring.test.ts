import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { localWallet } from "../../../scripts/local/chain.ts";
import { digest } from "../../src/platform/db/tables.ts";
import { startTestApi } from "../harness/api.ts";
import { address } from "../harness/chain.ts";
import { freshDigest } from "../harness/engine.ts";
import { until } from "../harness/until.ts";
import { type People, startPeople } from "../members/people.ts";
import { KEY, type Trail, trailUnder } from "./trail.ts";

let people: People;
let trail: Trail;
beforeEach(async () => {
  people = await startPeople();
  trail = await trailUnder(people);
});
afterEach(async () => {
  await trail?.close();
  await people?.stop();
});

const nonce = async () => Number(await people.chain.rpc("eth_getTransactionCount", [address(0), "latest"]));
const anchors = async () => {
  const { rows } = await people.database.pool.query("select * from chain.audit_anchors order by first_seq");
  return rows as { first_seq: string; last_seq: string; root: string; tx_hash: string }[];
};

describe("the roots of the audit trail", () => {
  it("come onto the chain in order, as they were signed, and the mirror tells where", async () => {
    const made = [await trail.day(3), await trail.day(5)];
    await trail.anchor();
    await trail.follow();
    expect((await anchors()).map((row) => [row.first_seq, row.last_seq, row.root])).toEqual(
      made.map(({ firstSeq, lastSeq, root }) => [String(firstSeq), String(lastSeq), root]),
    );
    const api = await startTestApi(people.chain, people.database.url);
    const { data } = await api.ask(
      "{ auditAnchors(first: 1) { nodes { firstSeq lastSeq blockNumber transactionHash } } }",
    );
    await api.stop();
    const receipt = await people.chain.mined((await anchors())[1]?.tx_hash ?? "");
    expect(data).toEqual({
      auditAnchors: {
        nodes: [
          {
            ...{ firstSeq: 4, lastSeq: 8, blockNumber: Number(receipt.blockNumber) },
            transactionHash: (await anchors())[1]?.tx_hash,
          },
        ],
      },
    });
  });

  it("are each sent once, however many processes send", async () => {
    await trail.day(2);
    await trail.day(2);
    const before = await nonce();
    await Promise.all(Array.from({ length: 4 }, () => trail.anchor()));
    await trail.anchor();
    expect(await trail.onChain()).toBe(4);
    expect(await nonce()).toBe(before + 2);
  });

  it("are sent again when a reorganisation drops them, and the mirror tells the new block alone", async () => {
    await trail.day(3);
    await trail.anchor();
    await trail.follow();
    await people.chain.rollBack(1);
    expect(await trail.onChain()).toBe(0);
    await people.chain.mine(2);
    await trail.anchor();
    await trail.follow();
    expect(await trail.onChain()).toBe(3);
    expect(await anchors()).toHaveLength(1);
    const fresh = await freshDigest(inject("postgres"), people.chain.url, people.chain.record);
    expect(await digest(people.database.pool)).toEqual(fresh);
  });

  it("replace a transaction that no block takes, under its own number", async () => {
    await trail.day(2);
    const before = await nonce();
    await people.chain.rpc("evm_setAutomine", [false]);
    // Somebody's transaction of this key that would wait for ever.
    const stuck = { from: address(0), to: address(1), value: "0x1", nonce: `0x${before.toString(16)}` };
    await people.chain.rpc("eth_sendTransaction", [
      { ...stuck, maxFeePerGas: "0x77359400", maxPriorityFeePerGas: "0x1" },
    ]);
    const sending = trail.anchor();
    await people.chain.rpc("evm_setIntervalMining", [1]);
    await sending;
    expect(await trail.onChain()).toBe(2);
    expect(await nonce()).toBe(before + 1);
  });

  it("are refused from a key without the role, and wait", async () => {
    await trail.day(2);
    const stranger = localWallet(1).privateKey as `0x${string}`;
    await expect(trail.anchor(undefined, stranger)).rejects.toMatchObject({ code: "ANCHOR_UNSENT" });
    expect(await trail.onChain()).toBe(0);
  });

  it("wait while no node answers, and entries are sealed all the same", async () => {
    await trail.day(2);
    await expect(trail.anchor("http://127.0.0.1:9")).rejects.toMatchObject({ code: "ANCHOR_UNSENT" });
    await trail.day(2);
    expect(await trail.found()).toMatchObject({ ok: true, checked: 4 });
    await trail.anchor();
    expect(await trail.onChain()).toBe(4);
  });

  it("wait where there is no key, and hold by themselves", async () => {
    await trail.day(2);
    await trail.anchorWithoutKey();
    expect(await trail.onChain()).toBe(0);
    expect(await trail.foundFromChain()).toMatchObject({ ok: true, chain: { anchors: 0, lastSeq: 0, unanchored: 2 } });
  });

  it("are not put upon the anchors of another trail", async () => {
    await trail.day(2);
    await trail.anchor();
    await trail.asOwner("update app.audit_roots set root = decode(repeat('11', 32), 'hex')");
    await trail.day(2);
    await expect(trail.anchor()).rejects.toMatchObject({ code: "ANCHOR_DIFFERS" });
    expect(await trail.onChain()).toBe(2);
  });
});

describe("a worker", () => {
  let working: People;
  beforeAll(async () => {
    working = await startPeople({ worker: true, settings: { ANCHOR_KEY: KEY } });
  });
  afterAll(() => working?.stop());

  it("with a key anchors a root as soon as it is signed", async () => {
    const own = await trailUnder(working);
    await own.day(3);
    await until("the root is on chain", async () => (await own.onChain()) === 3);
    await own.close();
  });
});
