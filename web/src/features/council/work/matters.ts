/** A case or a suspension in the work list. */
export interface Matter {
  /** As in the address of its page. */
  id: string;
  kind: "case" | "suspension";
  /** Key of its words: kind of fault or reason. */
  what: string;
  state: string;
  about: string;
  deadline: number;
  /** Waits for the council. */
  isAppealed: boolean;
  isOpen: boolean;
}

export interface ListedCase {
  caseId: number;
  kind: string;
  state: "REPORTED" | "APPEALED" | "DECIDED" | "EXECUTED" | "LAPSED" | "OVERTURNED";
  appealBy: number;
  decideBy: number;
  executeBy: number;
  validator: { name: string };
}

export interface ListedSuspension {
  suspensionId: number;
  memberNo: number;
  reason: string;
  state: "IMPOSED" | "APPEALED" | "UPHELD" | "REDUCED" | "OVERTURNED" | "ENDED";
  appealBy: number;
  decideBy: number | null;
  endsAt: number;
  restoredAt: number | null;
}

const caseDeadline = ({ state, appealBy, decideBy, executeBy }: ListedCase) =>
  state === "REPORTED" ? appealBy : state === "APPEALED" ? decideBy : executeBy;

const fromCase = (one: ListedCase): Matter => ({
  id: `case-${one.caseId}`,
  kind: "case",
  what: `slashKind.${one.kind}`,
  state: `slashState.${one.state}`,
  about: one.validator.name,
  deadline: caseDeadline(one),
  isAppealed: one.state === "APPEALED",
  isOpen: one.state === "REPORTED" || one.state === "APPEALED" || one.state === "DECIDED",
});

const fromSuspension = (one: ListedSuspension): Matter => ({
  id: `suspension-${one.suspensionId}`,
  kind: "suspension",
  what: `suspendReason.${one.reason}`,
  state: `suspendState.${one.state}`,
  about: `#${one.memberNo}`,
  deadline: one.state === "APPEALED" ? (one.decideBy ?? one.endsAt) : one.endsAt,
  isAppealed: one.state === "APPEALED",
  isOpen: one.restoredAt === null && one.state !== "ENDED" && one.state !== "OVERTURNED",
});

export interface Sorted {
  /** Wait for the council's verdict, the most urgent first. */
  undecided: Matter[];
  /** Run without it. */
  running: Matter[];
  closed: Matter[];
}

/** Cases and suspensions by what they wait for. */
export function sortMatters(cases: ListedCase[], suspensions: ListedSuspension[]): Sorted {
  const all = [...cases.map(fromCase), ...suspensions.map(fromSuspension)];
  const byDeadline = all.toSorted((a, b) => a.deadline - b.deadline);
  return {
    undecided: byDeadline.filter(({ isAppealed }) => isAppealed),
    running: byDeadline.filter(({ isAppealed, isOpen }) => isOpen && !isAppealed),
    closed: byDeadline.filter(({ isOpen }) => !isOpen).toReversed(),
  };
}
