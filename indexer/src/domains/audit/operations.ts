import { z } from "zod";
import type { Operations } from "../../platform/http/operation.ts";

const time = z.iso.datetime();
const hash = z.string().regex(/^0x[0-9a-f]{64}$/);
const anchor = z.strictObject({ transactionHash: hash, blockNumber: z.int() }).nullable();
const root = {
  firstSeq: z.int(),
  lastSeq: z.int(),
  madeAt: time,
  root: hash,
  head: hash,
  signature: z.string().regex(/^0x[0-9a-f]{128}$/),
  /** As the mirror of the chain knows it. */
  anchor,
};

export const operations: Operations = {
  "GET /api/v1/audit/roots": {
    summary: "Signed roots of the audit trail, and where the chain carries each",
    who: "auditors",
    answers: {
      200: z.strictObject({ key: z.record(z.string(), z.string()), roots: z.array(z.strictObject(root)) }),
    },
  },
  "GET /api/v1/audit/:id/proof": {
    summary: "That the entry of this number lies under a signed and anchored root: hashes alone (RFC 9162 §2.1.3)",
    who: "auditors, and the member whom the entry concerns",
    answers: {
      200: z.strictObject({
        seq: z.int(),
        leaf: hash,
        previous: hash,
        hash,
        siblings: z.array(hash),
        root: z.strictObject(root).nullable(),
      }),
    },
  },
};
