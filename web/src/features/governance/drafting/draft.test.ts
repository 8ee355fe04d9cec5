import { slashingManagerAbi } from "@tburn/deployments/abi/slashing-manager";
import { describe, expect, it } from "vitest";
import { changing, signatureOf } from "./catalogue.ts";
import { build, type CallDraft } from "./draft.ts";

const target = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const call = (args: string[]): CallDraft => ({
  id: "1",
  contract: "SlashingManager",
  signature: "setFraction(uint8,uint64)",
  args,
});

describe("build", () => {
  it("encodes what was written and reads it back", () => {
    const outcome = build(slashingManagerAbi, target, call(["0", "60000000000000000"]));
    expect(outcome).toMatchObject({
      built: { target, args: [{ value: 0 }, { name: "fraction", value: 60_000_000_000_000_000n }] },
    });
  });
  it("tells which argument is wrong", () => {
    expect(build(slashingManagerAbi, target, call(["300", "1"]))).toMatchObject({
      problems: [{ problem: "range", at: "kind" }, undefined],
    });
  });
  it("waits for a function", () => {
    expect(build(undefined, target, call([]))).toBeUndefined();
    expect(build(slashingManagerAbi, target, { ...call([]), signature: "execute()" })).toBeUndefined();
  });
});

describe("changing", () => {
  it("offers what changes something and is not over", () => {
    const names = changing(slashingManagerAbi).map(signatureOf);
    expect(names).toContain("setFraction(uint8,uint64)");
    expect(names.filter((name) => /^(initialize|fractionOf)\(/.test(name))).toEqual([]);
  });
});
