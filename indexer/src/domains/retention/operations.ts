import { z } from "zod";
import type { Operations } from "../../platform/http/operation.ts";
import { query } from "./routes.ts";
import { categories } from "./rules.ts";

const report = z.strictObject({
  ...{ id: z.uuid(), runId: z.uuid(), at: z.iso.datetime(), category: z.enum(categories), keptDays: z.int() },
  ...{ removed: z.int(), held: z.int(), oldestLeft: z.iso.datetime().nullable() },
});

export const operations: Operations = {
  "GET /api/v1/admin/retention-reports": {
    summary: "What each run of the retention has removed and what legal holds have kept, the newest first",
    who: "auditors and administrators",
    query,
    answers: { 200: z.strictObject({ reports: z.array(report) }) },
  },
};
