import { expect, it } from "vitest";
import { type Course, quorumOf, stateAt, titleOf } from "./rules.ts";

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
