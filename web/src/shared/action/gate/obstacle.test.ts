import { describe, expect, it } from "vitest";
import { firstObstacle, type Standing } from "./obstacle.ts";
import { pauseOf } from "./scope.ts";

const good: Standing = {
  memberNo: 7n,
  status: "active",
  kycLevel: 1,
  tokens: 500n,
  gas: 1n,
  suspensionId: 0n,
  frozenUntil: 0,
  pausedUntil: [],
};
const at = (standing: Partial<Standing>, now = 1_000) => ({
  isConnected: true,
  isRightNetwork: true,
  standing: { ...good, ...standing },
  now,
});
const needs = { member: true, kyc: 1, tokens: 100n } as const;

describe("firstObstacle", () => {
  it("lets a member in good standing pass", () => expect(firstObstacle(at({}), needs)).toBeUndefined());
  it("tells the first failing condition only", () => {
    const stranger = { memberNo: 0n, status: "none", kycLevel: 0, tokens: 0n } as const;
    expect(firstObstacle({ isConnected: false, isRightNetwork: false, standing: undefined, now: 0 }, needs)).toBe(
      "disconnected",
    );
    expect(firstObstacle({ ...at(stranger), isRightNetwork: false }, needs)).toBe("wrong-network");
    expect(firstObstacle({ ...at({}), standing: undefined }, needs)).toBe("loading");
    expect(firstObstacle(at({ ...stranger, gas: 0n }), needs)).toBe("no-gas");
    expect(firstObstacle(at(stranger), needs)).toBe("not-member");
    expect(firstObstacle(at({ status: "suspended", kycLevel: 0 }), needs)).toBe("suspended");
    expect(firstObstacle(at({ status: "pending", kycLevel: 0 }), needs)).toBe("kyc");
    expect(firstObstacle(at({ kycLevel: 1 }), { ...needs, kyc: 2 })).toBe("kyc");
    expect(firstObstacle(at({ tokens: 99n }), needs)).toBe("insufficient");
  });
  it("asks nothing but a wallet of those who leave", () => {
    expect(firstObstacle(at({ status: "blacklisted", kycLevel: 0, tokens: 0n }), {})).toBeUndefined();
  });
  it("asks a pending member for no identity where it is about to prove it", () => {
    expect(firstObstacle(at({ status: "pending", kycLevel: 0 }), { registered: true })).toBeUndefined();
    expect(firstObstacle(at({ memberNo: 0n, status: "none" }), { registered: true })).toBe("not-member");
  });
  it("holds payments back while a legal order lasts, and nothing else", () => {
    const frozen = { frozenUntil: 2_000 };
    expect(firstObstacle(at(frozen), { payment: true })).toBe("frozen");
    expect(firstObstacle(at(frozen), {})).toBeUndefined();
    expect(firstObstacle(at(frozen, 2_000), { payment: true })).toBeUndefined();
  });
  it("tells a paused scope, exits as well, until the pause lapses", () => {
    const paused = { pausedUntil: [0, 0, 0, 0, 1_500, 0] };
    expect(firstObstacle(at(paused), { scopes: ["exit"] })).toBe("paused");
    expect(firstObstacle(at(paused), { scopes: ["entry"] })).toBeUndefined();
    expect(firstObstacle(at(paused, 1_500), { scopes: ["exit"] })).toBeUndefined();
  });
});

describe("pauseOf", () => {
  it("names the stop that lasts longest", () => {
    const pausedUntil = [0, 0, 0, 3_000, 0, 2_000];
    expect(pauseOf(["claim", "slashing"], pausedUntil, 1_000)).toEqual({ scope: "slashing", until: 3_000 });
    expect(pauseOf(["claim", "slashing"], pausedUntil, 3_000)).toBeUndefined();
  });
});
