import { describe, expect, it } from "vitest";
import { firstObstacle, type Standing } from "./obstacle.ts";

const good: Standing = { memberNo: 7n, status: "active", kycLevel: 1, tokens: 500n, gas: 1n };
const at = (standing: Partial<Standing>) => ({
  isConnected: true,
  isRightNetwork: true,
  standing: { ...good, ...standing },
});
const needs = { member: true, kyc: 1, tokens: 100n } as const;

describe("firstObstacle", () => {
  it("lets a member in good standing pass", () => expect(firstObstacle(at({}), needs)).toBeUndefined());
  it("tells the first failing condition only", () => {
    const stranger = { memberNo: 0n, status: "none", kycLevel: 0, tokens: 0n } as const;
    expect(firstObstacle({ isConnected: false, isRightNetwork: false, standing: undefined }, needs)).toBe(
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
});
