import type { RecordedProposal, View } from "../queries.ts";

type Step = "created" | "snapshot" | "deadline" | "queued" | "executable" | "executed" | "canceled" | "defeated";

export interface Stage {
  step: Step;
  /** Unix seconds; undefined where it depends on somebody's act. */
  at: number | undefined;
  isDone: boolean;
}

type Known = Pick<RecordedProposal, "createdAt" | "queuedAt" | "executedAt" | "canceledAt"> | undefined;

/** What a proposal has gone through and what lies before it, in order. */
export function timelineOf(view: View, recorded: Known, now: number): Stage[] {
  const { state, snapshot, deadline, eta } = view;
  const isOver = state === "canceled";
  const passed = (at: number) => now > at && !(isOver && (recorded?.canceledAt ?? 0) < at);
  const course: Stage[] = [
    { step: "created", at: recorded?.createdAt, isDone: true },
    { step: "snapshot", at: snapshot, isDone: passed(snapshot) },
    { step: "deadline", at: deadline, isDone: passed(deadline) },
  ];
  const queued: Stage = { step: "queued", at: recorded?.queuedAt ?? undefined, isDone: eta !== 0 };
  const executable: Stage = { step: "executable", at: eta || undefined, isDone: eta !== 0 && now >= eta };
  if (isOver) {
    const before = [...course, ...(eta === 0 ? [] : [queued, executable])].filter(({ isDone }) => isDone);
    return [...before, { step: "canceled", at: recorded?.canceledAt ?? undefined, isDone: true }];
  }
  if (state === "defeated") return [...course, { step: "defeated", at: deadline, isDone: true }];
  const executed: Stage = { step: "executed", at: recorded?.executedAt ?? undefined, isDone: state === "executed" };
  const isDone = state === "executed";
  return [
    ...course,
    { ...queued, isDone: queued.isDone || isDone },
    { ...executable, isDone: executable.isDone || isDone },
    executed,
  ];
}
