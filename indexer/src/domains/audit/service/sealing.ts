import { createHmac, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { Pool } from "pg";
import { transaction } from "../../../platform/db/pool.ts";
import type { Clock } from "../../../platform/time/clock.ts";
import {
  hashesOf,
  headSeal,
  insertRoot,
  insertSeals,
  lockSealer,
  type Root,
  roots,
  type Seal,
  takeUnsealed,
} from "../repository/trail.ts";
import { GENESIS, rootOf, sealOf } from "../rules.ts";

const BATCH = 1_000;

/** PKCS #8 frame of an Ed25519 seed (RFC 8410). */
const ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");

/** What a root's signature covers: numbers as uint64, big-endian. */
function signedForm({ firstSeq, lastSeq, root, head }: Pick<Root, "firstSeq" | "lastSeq" | "root" | "head">): Buffer {
  const numbers = Buffer.alloc(16);
  numbers.writeBigUInt64BE(BigInt(firstSeq));
  numbers.writeBigUInt64BE(BigInt(lastSeq), 8);
  return Buffer.concat([Buffer.from("tburn audit root v1"), numbers, root, head]);
}

/** Signs roots with a key that follows from the seed of this service. */
export class RootSigner {
  readonly #key: KeyObject;
  readonly publicKey: KeyObject;

  constructor(tokenSeed: Buffer) {
    const seed = createHmac("sha256", tokenSeed).update("audit roots").digest();
    this.#key = createPrivateKey({ key: Buffer.concat([ED25519, seed]), format: "der", type: "pkcs8" });
    this.publicKey = createPublicKey(this.#key);
  }

  sign = (root: Parameters<typeof signedForm>[0]): Buffer => sign(null, signedForm(root), this.#key);
  isSigned = (root: Root): boolean => verify(null, signedForm(root), this.publicKey, root.signature);
}

interface Parts {
  pool: Pool;
  clock: Clock;
}

/** Seals entries in one order, one process at a time. @returns how many */
export async function sealEntries({ pool, clock }: Parts): Promise<number> {
  return transaction(pool, async (sql) => {
    if (!(await lockSealer(sql))) return 0;
    const entries = await takeUnsealed(sql, BATCH);
    let { seq, hash } = (await headSeal(sql)) ?? { seq: 0, hash: GENESIS };
    const seals: Seal[] = entries.map(({ id, leaf }) => {
      seq++;
      hash = sealOf(hash, seq, leaf);
      return { seq, entryId: id, hash };
    });
    if (seals.length > 0) await insertSeals(sql, seals, clock());
    return seals.length;
  });
}

/** Signs a root over what was sealed since the last one. @returns it, or undefined if there is nothing new */
export async function makeRoot({ pool, clock }: Parts, signer: RootSigner): Promise<Root | undefined> {
  return transaction(pool, async (sql) => {
    if (!(await lockSealer(sql))) return undefined;
    const [last, head] = [(await roots(sql)).at(-1), await headSeal(sql)];
    const firstSeq = (last?.lastSeq ?? 0) + 1;
    if (!head || head.seq < firstSeq) return undefined;
    const root = rootOf(await hashesOf(sql, firstSeq, head.seq));
    const unsigned = { firstSeq, lastSeq: head.seq, root, head: head.hash };
    const made = { ...unsigned, signature: signer.sign(unsigned), madeAt: clock() };
    await insertRoot(sql, made);
    return made;
  });
}
