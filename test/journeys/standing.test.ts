import { keccak256, toHex } from "viem";
import { describe, expect, it } from "vitest";
import { GUARDIAN } from "../../scripts/local/past/wallets.ts";
import { delegator } from "./harness/acts/delegating.ts";
import { contracts } from "./harness/contracts.ts";
import { browser } from "./harness/visitor.ts";

const here = browser();
const { chain } = here;
const { core, members, suspensions, token, mined } = contracts();
const guardian = contracts(GUARDIAN);

const EXIT_SCOPE = 4;
const TERMS_OF_SERVICE = 4;
const HOUR = 3_600;
const hashed = (text: string) => keccak256(toHex(text));

/** A new delegator, with the numbers that the contracts give. */
async function positioned(validatorId: number, amount: string) {
  const member = await delegator(here, validatorId, amount);
  const memberNo = await members.read.memberNoOf([member.address]);
  return { ...member, memberNo, positionId: await core.read.positionOf([memberNo, validatorId]) };
}

describe("exits that a guardian has paused", () => {
  it("say until when, send nothing, and open again with the pause's end", async () => {
    const { dapp, wallet, positionId } = await positioned(2, "300");
    await dapp.open(`/stake/positions/${positionId}`);
    await dapp.at("undelegate").waitFor();
    await mined(guardian.pause.write.pause([EXIT_SCOPE, HOUR, hashed("journey")]));
    const sent = wallet.sent.length;
    try {
      await dapp.shows(dapp.at("gate-paused"), /This is paused: exits.*It reopens at/);
      expect(await dapp.at("undelegate").isVisible()).toBe(false);
      expect(wallet.sent.length).toBe(sent);
    } finally {
      await mined(guardian.pause.write.resume([EXIT_SCOPE]));
    }
    await dapp.at("gate-paused").waitFor({ state: "detached" });
    await dapp.write("300");
    await dapp.page.getByRole("button", { name: "All", exact: true }).last().click();
    await dapp.at("undelegate").click();
    await dapp.reaches("undelegate", "indexed", "final");
  });
});

describe("a member whose payments a legal order freezes", () => {
  it("begins exits all the same, is told what holds the payment, and is paid after the freeze", async () => {
    const { dapp, address, memberNo, positionId } = await positioned(4, "400");
    await mined(suspensions.write.freeze([memberNo, 2 * HOUR, hashed(`order ${memberNo}`)]));
    await dapp.open(`/stake/positions/${positionId}`);
    await dapp.page.getByRole("button", { name: "All", exact: true }).last().click();
    await dapp.at("undelegate").click();
    await dapp.reaches("undelegate", "indexed", "final");

    await dapp.open("/stake/unbonding");
    const requestId = BigInt((await dapp.at("unbonding-row").getAttribute("data-request")) ?? "0");
    await chain.pass((await core.read.maturesAt([requestId])) - Number(await chain.now()) + 1);
    await dapp.shows(dapp.at("gate-frozen"), /legal order.*Frozen until/);
    expect(await dapp.at("claim-request").isVisible()).toBe(false);
    await mined(suspensions.write.unfreeze([memberNo]));
    const before = await token.read.balanceOf([address]);
    await dapp.at("claim-request").click();
    await dapp.reaches("claim", "indexed", "final");
    expect(await token.read.balanceOf([address])).toBeGreaterThan(before);
  });
});

describe("a member suspended with a reason", () => {
  it("reads reason, end and appeal deadline, and is led to the appeal", async () => {
    const { dapp, memberNo } = await positioned(1, "300");
    await mined(suspensions.write.suspend([memberNo, TERMS_OF_SERVICE, hashed("evidence"), HOUR]));
    const suspensionId = await suspensions.read.currentOf([memberNo]);
    await dapp.open("/stake/delegate/1");
    const gate = dapp.at("gate-suspended");
    await dapp.shows(gate, /Reason: terms of service.*Ends at.*Appeal before/);
    const appeal = gate.getByRole("link", { name: "Appeal", exact: true });
    expect(await appeal.getAttribute("href")).toBe(`/appeals/suspension-${suspensionId}`);

    // The window to appeal closes; the suspension itself ends with a restoration that anybody may call.
    await chain.pass(HOUR + 1);
    await gate.getByRole("link", { name: "See the suspension" }).waitFor();
    await mined(suspensions.write.restore([memberNo]));
    await gate.waitFor({ state: "detached" });
  });
});
