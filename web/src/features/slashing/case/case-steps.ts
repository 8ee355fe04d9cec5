import type { ChainCase, RecordedCase } from "../queries.ts";

type StepState = "done" | "now" | "coming" | "missed";
export interface CaseStep {
  key: "received" | "appealed" | "decided" | "closed";
  state: StepState;
  /** When it happened, or until when it may; undefined where neither is known. */
  at: number | undefined;
  isDeadline: boolean;
}

type Seen = Pick<ChainCase, "state" | "openedAt" | "deadlines" | "can">;
type Told = Pick<RecordedCase, "appealedAt" | "decidedAt" | "closedAt">;

function step(key: CaseStep["key"], state: StepState, happened: number | null | undefined, deadline: number): CaseStep {
  if (state === "done") return { key, state, at: happened ?? undefined, isDeadline: false };
  return { key, state, at: deadline, isDeadline: true };
}

/** The way of a case from its opening to its end: what the chain says, with the times that the record tells. */
export function caseSteps({ state, openedAt, deadlines, can }: Seen, told: Told | undefined): CaseStep[] {
  const isClosed = state === "EXECUTED" || state === "LAPSED" || state === "OVERTURNED";
  const wasAppealed = state === "APPEALED" || state === "DECIDED" || state === "OVERTURNED" || !!told?.appealedAt;
  const wasDecided = state === "DECIDED" || state === "OVERTURNED" || !!told?.decidedAt;
  const decision: StepState = wasDecided
    ? "done"
    : can.decide
      ? "now"
      : !isClosed && (can.appeal || (state === "REPORTED" && !can.execute && !can.lapse))
        ? "coming"
        : "missed";
  return [
    { key: "received", state: "done", at: openedAt, isDeadline: false },
    step("appealed", wasAppealed ? "done" : can.appeal ? "now" : "missed", told?.appealedAt, deadlines.appealBy),
    step("decided", decision, told?.decidedAt, deadlines.decideBy),
    step(
      "closed",
      isClosed ? "done" : can.execute || can.lapse ? "now" : "coming",
      told?.closedAt,
      deadlines.executeBy,
    ),
  ];
}

/** The deadline that runs now, and for what; undefined for a case that is over. */
export function runningDeadline({ state, deadlines, can }: Seen): { key: CaseStep["key"]; at: number } | undefined {
  if (can.appeal) return { key: "appealed", at: deadlines.appealBy };
  if (can.decide) return { key: "decided", at: deadlines.decideBy };
  if (can.execute) return { key: "closed", at: deadlines.executeBy };
  return state === "APPEALED" ? { key: "decided", at: deadlines.decideBy } : undefined;
}
