import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { permit } from "../../platform/access/decide.ts";
import type { RouteKit } from "../../platform/domain.ts";
import { checked } from "../../platform/http/rest.ts";
import { reportsBefore } from "./repository.ts";
import { readReports } from "./rules.ts";

export const query = z.object({
  before: z.iso.datetime().optional(),
  first: z.coerce.number().int().min(1).max(500).default(100),
});

/** What was removed because its time was over, for whoever answers for it. */
export function retentionRoutes(rest: FastifyInstance, { door, pool, clock }: RouteKit): void {
  rest.get("/api/v1/admin/retention-reports", async (request) => {
    permit(await door.member(request), readReports, clock());
    const { before, first } = checked(query, request.query);
    // A run of this very moment is told, too.
    const end = before === undefined ? new Date(clock().getTime() + 1) : new Date(before);
    const reports = await reportsBefore(pool, end, first);
    return {
      reports: reports.map(({ at, oldestLeft, ...report }) => ({
        ...{ ...report, at: at.toISOString(), oldestLeft: oldestLeft?.toISOString() ?? null },
      })),
    };
  });
}
