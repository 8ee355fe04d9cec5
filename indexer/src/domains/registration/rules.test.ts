import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CODE_ALPHABET,
  commands,
  deadlineOf,
  gaps,
  isClosed,
  mayAskNode,
  memberCommands,
  next,
  nodeStateOf,
  normalCode,
  observed,
  openTo,
  type State,
  standingOf,
  states,
  type Tier,
  tierNames,
  tiers,
} from "./rules.ts";

/** Without each of these nobody gets there, whatever the tier; told apart from the machine. */
const before: Partial<Record<State, State[]>> = {
  ACCOUNT_CREATED: ["TIER_INTENT"],
  EMAIL_PENDING: ["ACCOUNT_CREATED"],
  PHONE_PENDING: ["EMAIL_PENDING"],
  KYC_PENDING: ["PHONE_PENDING"],
  KYC_REVIEW: ["KYC_PENDING"],
  KYC_APPROVED: ["KYC_REVIEW"],
  KYC_REJECTED: ["KYC_REVIEW"],
  STAKE_INTENT: ["KYC_APPROVED"],
  STAKE_CONFIRMED: ["STAKE_INTENT"],
  VALIDATOR_SETUP: ["STAKE_CONFIRMED"],
  PENDING_APPROVAL: ["KYC_APPROVED"],
  APPROVED: ["PENDING_APPROVAL"],
  REJECTED: ["PENDING_APPROVAL"],
};
const trackNeeds: Record<string, State[]> = {
  basic: [],
  delegator: ["STAKE_CONFIRMED"],
  validator: ["STAKE_CONFIRMED", "VALIDATOR_SETUP"],
};

/** One attempt: any command, or, so that walks come far, one that is open. */
interface Attempt {
  pick: number;
  isOpen: boolean;
}
const attempts = fc.array(fc.record({ pick: fc.nat(), isOpen: fc.boolean() }), { minLength: 40, maxLength: 120 });
const tried = commands.filter((command) => command !== "expire");

/** Walks as far as commands are open; commands that are not change nothing. */
function walk(tier: Tier, given: Attempt[]): State[] {
  let state: State = "TIER_INTENT";
  const path: State[] = [state];
  for (const { pick, isOpen } of given) {
    const choice = isOpen ? tried.filter((command) => next(tier, state, command)) : tried;
    const command = choice[pick % choice.length];
    state = (command && next(tier, state, command)) ?? state;
    path.push(state);
  }
  return path;
}

describe("the machine", () => {
  it("never reaches a state without what comes before it, whatever is asked in whatever order", () => {
    const reached = new Set<State>();
    fc.assert(
      fc.property(fc.constantFrom(...tierNames), attempts, (tier, given) => {
        const path = walk(tier, given);
        for (const [i, state] of path.entries()) {
          reached.add(state);
          const past = new Set(path.slice(0, i));
          const needs = [
            ...(before[state] ?? []),
            ...(state === "APPROVED" ? (trackNeeds[tiers[tier].track] ?? []) : []),
          ];
          if (path[i - 1] !== state) for (const need of needs) expect(past, `${need} before ${state}`).toContain(need);
        }
      }),
      { numRuns: 1_000 },
    );
    expect(reached.size).toBe(states.length - 1);
  });

  it("takes no command any more at an end", () => {
    for (const state of states.filter(isClosed))
      for (const tier of tierNames) for (const command of commands) expect(next(tier, state, command)).toBeUndefined();
  });

  it("can end by time wherever it is open", () => {
    for (const state of states.filter((one) => !isClosed(one)))
      expect(next("BASIC_USER", state, "expire")).toBe("EXPIRED");
  });

  it("lets an applicant neither approve nor confirm anything", () => {
    for (const state of states)
      for (const tier of tierNames)
        for (const command of openTo(tier, state)) expect(memberCommands).toContain(command);
    for (const command of ["approve", "kyc-approved", "stake-final"]) expect(memberCommands).not.toContain(command);
  });
});

describe("what is found out", () => {
  const now = new Date("2026-01-10T00:00:00Z");
  const kyc = (state: "none" | "pending" | "review" | "approved" | "rejected", reapplyAfter: Date | null = null) => ({
    kyc: { state, level: state === "approved" ? 1 : 0, reapplyAfter },
    stake: "none" as const,
  });

  it("leads over the review to its outcome", () => {
    expect(observed("BASIC_USER", "KYC_PENDING", kyc("approved"), now)).toBe("kyc-submitted");
    expect(observed("BASIC_USER", "KYC_REVIEW", kyc("approved"), now)).toBe("kyc-approved");
    expect(observed("BASIC_USER", "KYC_REVIEW", kyc("review"), now)).toBeUndefined();
  });

  it("takes an identity back that is refused late", () => {
    expect(observed("DELEGATED_STAKER", "STAKE_CONFIRMED", kyc("rejected"), now)).toBe("kyc-rejected");
  });

  it("does not refuse again whoever may try again", () => {
    const earlier = new Date("2026-01-09T00:00:00Z");
    expect(observed("BASIC_USER", "KYC_PENDING", kyc("rejected", earlier), now)).toBeUndefined();
  });

  it("sends a registration back whose stake is gone", () => {
    const facts = { ...kyc("approved"), stake: "gone" as const };
    expect(observed("DELEGATED_STAKER", "PENDING_APPROVAL", facts, now)).toBe("stake-gone");
    expect(observed("BASIC_USER", "PENDING_APPROVAL", facts, now)).toBeUndefined();
  });
});

describe("an identity", () => {
  const later = new Date("2026-02-01T00:00:00Z");
  const checked = (state: "none" | "pending" | "review" | "approved" | "rejected", level: number) => ({
    state,
    level,
    reapplyAfter: state === "rejected" ? later : null,
  });

  it("counts by the chain where no check was made here", () => {
    expect(standingOf(checked("none", 0), 2)).toMatchObject({ state: "approved", level: 2 });
    expect(standingOf(checked("none", 0), 0)).toMatchObject({ state: "none", level: 0 });
  });

  it("is kept while a higher level is looked at, and when that is refused", () => {
    expect(standingOf(checked("review", 1), 0)).toMatchObject({ state: "approved", level: 1 });
    expect(standingOf(checked("rejected", 1), 0)).toMatchObject({ state: "approved", level: 1 });
  });

  it("that was refused or revoked is refused, though an attestation stands on the chain", () => {
    expect(standingOf(checked("rejected", 0), 1)).toEqual(checked("rejected", 0));
  });
});

describe("a deadline", () => {
  const [started, entered] = [new Date("2026-01-01T00:00:00Z"), new Date("2026-01-05T00:00:00Z")];
  it.each<[State, string | undefined]>([
    ["EMAIL_PENDING", "2026-01-08T00:00:00.000Z"],
    ["PHONE_PENDING", "2026-01-08T00:00:00.000Z"],
    ["KYC_PENDING", "2026-02-04T00:00:00.000Z"],
    ["STAKE_INTENT", "2026-01-08T00:00:00.000Z"],
    ["PENDING_APPROVAL", undefined],
    ["APPROVED", undefined],
  ])("of %s is %s", (state, at) => expect(deadlineOf(state, started, entered)?.toISOString()).toBe(at));
});

describe("a tier", () => {
  it.each([
    [99n * 10n ** 18n, 1],
    [100n * 10n ** 18n - 1n, 1],
    [100n * 10n ** 18n, 0],
  ])("with %d base units lacks %i things", (stake, lacks) =>
    expect(gaps("DELEGATED_STAKER", { level: 1, stake })).toHaveLength(lacks),
  );

  it("names identity and stake when both lack", () => {
    const lacks = gaps("ENTERPRISE_VALIDATOR", { level: 2, stake: 0n });
    expect(lacks.map(({ field }) => field)).toEqual(["kycLevel", "amount"]);
  });
});

describe("a validator's node", () => {
  const now = new Date("2026-01-10T00:00:00Z");
  const check = (state: "ASKED" | "ANSWERED" | "WRONG_KEY", seconds = 60) => ({
    ...{ state, consensusKey: "0xa", expiresAt: new Date(now.getTime() + seconds * 1_000) },
  });

  it.each([
    [undefined, "0xa", "NOT_ASKED"],
    [check("ASKED"), "0xa", "ASKED"],
    [check("ASKED", 0), "0xa", "EXPIRED"],
    [check("ANSWERED", 0), "0xa", "ANSWERED"],
    [check("ANSWERED"), "0xb", "KEY_CHANGED"],
    [check("ANSWERED"), undefined, "KEY_CHANGED"],
    [check("WRONG_KEY"), "0xb", "WRONG_KEY"],
  ] as const)("%j stands with the key %s at %s", (one, key, state) => {
    expect(nodeStateOf(one, key, now)).toBe(state);
  });

  it("is asked of validators alone, and while something can follow from it", () => {
    const asked = states.filter((state) => mayAskNode("CANDIDATE_VALIDATOR", state));
    expect(asked).toEqual(["STAKE_CONFIRMED", "VALIDATOR_SETUP", "PENDING_APPROVAL"]);
    expect(states.filter((state) => mayAskNode("DELEGATED_STAKER", state))).toEqual([]);
  });
});

describe("a code's letters", () => {
  it("are 32, and reading them wrong reads them right", () => {
    expect(new Set(CODE_ALPHABET).size).toBe(32);
    expect(normalCode(" o1il-abcd ")).toBe("0111ABCD");
  });
});
