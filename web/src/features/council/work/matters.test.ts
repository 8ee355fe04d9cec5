import { describe, expect, it } from "vitest";
import { type ListedCase, type ListedSuspension, sortMatters } from "./matters.ts";

const slash = (caseId: number, state: ListedCase["state"]): ListedCase => ({
  ...{ caseId, state, kind: "DOUBLE_SIGN", appealBy: 100, decideBy: 200, executeBy: 300 },
  validator: { name: "Hangang" },
});
const suspension = (suspensionId: number, state: ListedSuspension["state"]): ListedSuspension => ({
  ...{ suspensionId, state, memberNo: 3, reason: "COURT_ORDER", appealBy: 50, decideBy: 150, endsAt: 400 },
  restoredAt: null,
});
const ids = (matters: { id: string }[]) => matters.map(({ id }) => id);

describe("sortMatters", () => {
  it("puts what waits for the council first, by the deadline that runs", () => {
    const { undecided, running, closed } = sortMatters(
      [slash(1, "APPEALED"), slash(2, "REPORTED"), slash(3, "EXECUTED")],
      [suspension(1, "APPEALED"), suspension(2, "IMPOSED"), suspension(3, "OVERTURNED")],
    );
    expect(ids(undecided)).toEqual(["suspension-1", "case-1"]);
    expect(ids(running)).toEqual(["case-2", "suspension-2"]);
    expect(ids(closed)).toEqual(["suspension-3", "case-3"]);
  });
});
