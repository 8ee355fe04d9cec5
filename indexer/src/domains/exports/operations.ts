import { z } from "zod";
import type { Operations } from "../../platform/http/operation.ts";
import { digestQuery, exportQuery } from "./routes.ts";
import { formats, names } from "./rules.ts";

const finished = z.strictObject({
  name: z.enum(names),
  format: z.enum(formats),
  block: z.strictObject({ number: z.int(), hash: z.string() }),
  rows: z.int(),
  bytes: z.int(),
  sha256: z.string().describe("of the file's bytes, hex digits"),
});

export const operations: Operations = {
  "GET /api/v1/exports/:name": {
    summary: `A table of the chain as a file, all of it at one block: ${names.join(", ")}`,
    who: "anybody, 20 times in ten minutes",
    token: "optional",
    query: exportQuery,
    answers: { 200: ["text/csv", "application/jsonl"] },
    tells: {
      "x-tburn-block-number": "the block that the file stands for",
      "x-tburn-block-hash": "its hash",
      "repr-digest": "SHA-256 of the file (RFC 9530), behind the body; a file without it is not whole",
      "x-tburn-rows": "rows of the file, behind the body",
    },
  },
  "GET /api/v1/exports/:name/digest": {
    summary: "What a finished export was, of a block or the newest: for whoever cannot read what comes behind a body",
    who: "anybody",
    token: "optional",
    query: digestQuery,
    answers: { 200: finished },
  },
};
