import { expect, it } from "vitest";
import { type Course, contributionOf, type Deeds, quorumOf, reputationOf, stateAt, titleOf } from "./rules.ts";

const course: Course = {
  voteStart: 10,
  voteEnd: 20,
  against: 1n,
  for: 5n,
  abstain: 5n,
  quorum: 10n,
  queued: false,
  executed: false,
  canceled: false,
};

it.each<[string, number, Partial<Course>, string]>([
  ["waits at its very snapshot", 10, {}, "PENDING"],
  ["is voted on from the next second", 11, {}, "ACTIVE"],
  ["is voted on in its last second", 20, {}, "ACTIVE"],
  ["succeeds after it", 21, {}, "SUCCEEDED"],
  ["is defeated without its quorum", 21, { abstain: 4n }, "DEFEATED"],
  ["is defeated by as many against", 21, { against: 5n }, "DEFEATED"],
  ["waits in the timelock", 21, { queued: true }, "QUEUED"],
  ["is executed", 21, { queued: true, executed: true }, "EXECUTED"],
  ["is canceled", 11, { canceled: true }, "CANCELED"],
])("a proposal %s", (_name, now, change, state) => expect(stateAt({ ...course, ...change }, now)).toBe(state));

it("takes the quorum from all units, rounded down", () => expect(quorumOf(1_009n, 10)).toBe(100n));

it("finds the title of a Markdown description", () => {
  expect(titleOf("\n# Raise the bond\n\nBecause …")).toBe("Raise the bond");
});

const deeds: Deeds = { proposalsCreated: 0, proposalsPassed: 0, ended: 0, answered: 0 };

it.each<[number, Partial<Deeds>]>([
  [0, {}],
  [0, { ended: 4 }],
  [20, { ended: 3, answered: 1 }],
  [40, { ended: 3, answered: 2 }],
  [60, { ended: 7, answered: 7 }],
  [100, { ended: 7, answered: 7, proposalsPassed: 5 }],
  [100, { ended: 7, answered: 7, proposalsPassed: 6 }],
  [8, { proposalsPassed: 1 }],
])("a reputation is %d of 100 for %j", (reputation, done) =>
  expect(reputationOf({ ...deeds, ...done })).toBe(reputation),
);

it.each<[string, Partial<Deeds>]>([
  ["OBSERVER", {}],
  ["OBSERVER", { ended: 3, answered: 1 }],
  ["PARTICIPANT", { ended: 4, answered: 2 }],
  ["CONTRIBUTOR", { proposalsCreated: 1 }],
  ["CONTRIBUTOR", { proposalsCreated: 9, proposalsPassed: 2 }],
  ["LEADER", { proposalsCreated: 3, proposalsPassed: 3 }],
])("somebody is %s with %j", (level, done) => expect(contributionOf({ ...deeds, ...done })).toBe(level));
