import type { Sql } from "../../platform/db/pool.ts";
import type { Domain, Kit } from "../../platform/domain.ts";
import { access } from "./access.ts";
import { loadingOf } from "./command.ts";
import { jobs } from "./jobs.ts";
import { operations } from "./operations.ts";
import { screeningRoutes } from "./routes.ts";
import { heldAccepted, LIST_APPROVAL, listsInForce, loadList } from "./service/loading.ts";
import { HIT_APPROVAL, hitConfirmed } from "./service/reviewing.ts";

/** Loads a list as the command line names it. @throws {FatalError} COMMAND_INVALID; {ListRefused} what is wrong with it */
export const loadSanctions = (kit: Kit, args: string[]) => loadList(kit, loadingOf(args));

/** The lists in force, as the command line prints them. */
export const sanctionsStatus = async (sql: Sql) =>
  (await listsInForce(sql)).map((one) => ({
    ...{ list: one.list, version: one.id, format: one.format, entries: one.entryCount, before: one.entriesBefore },
    ...{ inForceAt: one.inForceAt, comparedAt: one.comparedAt, sha256: one.sha256.toString("hex") },
  }));

/** Members compared with lists of sanctioned and politically exposed people, and what two officers say of it. */
export const screening: Domain = {
  name: "screening",
  operations,
  access,
  jobs,
  routes: screeningRoutes,
  approvals: { [LIST_APPROVAL]: heldAccepted, [HIT_APPROVAL]: hitConfirmed },
};
