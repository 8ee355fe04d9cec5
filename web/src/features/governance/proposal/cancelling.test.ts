import { zeroAddress } from "viem";
import { expect, it } from "vitest";
import { mayCancel } from "./cancelling.ts";

const [guardian, proposer, other] = ["0x0A", "0x0B", "0x0C"];

it("lets the guardian cancel until the end, the proposer before the vote", () => {
  const facts = { guardian, proposer };
  expect(mayCancel({ ...facts, account: guardian, state: "queued" })).toBe(true);
  expect(mayCancel({ ...facts, account: guardian, state: "executed" })).toBe(false);
  expect(mayCancel({ ...facts, account: "0x0b", state: "pending" })).toBe(true);
  expect(mayCancel({ ...facts, account: proposer, state: "active" })).toBe(false);
  expect(mayCancel({ ...facts, account: other, state: "pending" })).toBe(false);
  expect(mayCancel({ guardian: zeroAddress, proposer, account: proposer, state: "queued" })).toBe(true);
});
