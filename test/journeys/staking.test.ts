import { formatEther, parseEther } from "viem";
import { describe, expect, it } from "vitest";
import { delegator } from "./harness/acts/delegating.ts";
import { contracts } from "./harness/contracts.ts";
import { Dapp } from "./harness/dapp.ts";
import { mirror } from "./harness/mirror.ts";
import { until } from "./harness/until.ts";
import { browser } from "./harness/visitor.ts";

const here = browser();
const { product, chain, visit, fund } = here;
const { rows, ask } = mirror();
const { core, members, token, vault, mined } = contracts();

const POSITIONS = `query ($address: String!) {
  member(address: $address) { memberNo stakingPositions(first: 10) { nodes { positionId value validatorId } } }
}`;
interface Positions {
  member: {
    memberNo: number;
    stakingPositions: { nodes: { positionId: string; value: string; validatorId: number }[] };
  } | null;
}

/** Positions of a wallet as the API answers. */
async function positionsOf(address: string) {
  const { member } = await ask<Positions>(POSITIONS, { address });
  return member?.stakingPositions.nodes ?? [];
}

describe("a wallet that nobody knows", () => {
  it("delegates by permit; chain, row, GraphQL and screen agree to the last unit", async () => {
    const amount = "1234.567890123456789012";
    const { wallet, dapp, address } = await delegator(here, 2, amount);

    expect(wallet.asked).toContain("eth_signTypedData_v4");
    const memberNo = await members.read.memberNoOf([address]);
    const positionId = await core.read.positionOf([memberNo, 2]);
    const onChain = await core.read.positionValue([positionId]);

    const [position] = await positionsOf(address);
    expect(position).toMatchObject({ positionId: String(positionId), value: String(onChain), validatorId: 2 });
    const [row] = await rows<{ value: string }>(
      `select trunc(p.shares * v.pool_tokens / v.pool_shares)::text as value
         from chain.positions p join chain.validators v using (validator_id) where p.position_id = $1`,
      [String(positionId)],
    );
    expect(row?.value).toBe(String(onChain));

    await dapp.open(`/stake/positions/${positionId}`);
    const shown = Number(formatEther(onChain).split(".")[0]).toLocaleString("en-US");
    await dapp.shows(dapp.page.locator("main"), `${shown}.${formatEther(onChain).split(".")[1]}`);
    // A permit leaves no allowance behind.
    expect(await token.read.allowance([address, core.address])).toBe(0n);
  });
});

describe("a delegator who leaves", () => {
  it("waits for the contract's own second, withdraws, and holds every token again", async () => {
    const { dapp, address } = await delegator(here, 3, "500");
    const before = await token.read.balanceOf([address]);
    const memberNo = await members.read.memberNoOf([address]);
    const positionId = await core.read.positionOf([memberNo, 3]);
    const value = await core.read.positionValue([positionId]);

    await dapp.open(`/stake/positions/${positionId}`);
    await dapp.write(formatEther(value));
    await dapp.at("undelegate").click();
    await dapp.reaches("undelegate", "indexed", "final");

    await dapp.open("/stake/unbonding");
    const row = dapp.at("unbonding-row");
    expect(await row.getAttribute("data-mature")).toBe("false");
    const requestId = BigInt((await row.getAttribute("data-request")) ?? "0");
    const maturesAt = await core.read.maturesAt([requestId]);
    const download = dapp.page.waitForEvent("download");
    await row.getByRole("button", { name: /\.ics/ }).click();
    expect((await download).suggestedFilename()).toMatch(/\.ics$/);

    await chain.pass(maturesAt - Number(await chain.now()) + 1);
    await dapp.at("claim-request").click();
    await dapp.reaches("claim", "indexed", "final");
    expect((await token.read.balanceOf([address])) - before).toBe(value);
    const request = await until("the claim is in the mirror", async () => {
      const [found] = await rows<{ paid: string | null }>("select paid from chain.requests where request_id = $1", [
        String(requestId),
      ]);
      return found?.paid ? found : undefined;
    });
    expect(request.paid).toBe(String(value));
  });
});

describe("a delegator whose validator earns", () => {
  it("sees the rewards of an epoch and claims them to the wallet", async () => {
    const { dapp, address } = await delegator(here, 4, "2000");
    const memberNo = await members.read.memberNoOf([address]);
    const positionId = await core.read.positionOf([memberNo, 4]);
    await chain.pass(60);
    const epoch = await vault.read.currentEpoch();
    const budget = await vault.read.budgetFor([epoch]);
    await mined(vault.write.creditEpoch([epoch, [{ validatorId: 4, amount: budget }]]));
    const pending = await core.read.pendingRewards([positionId]);
    expect(pending).toBeGreaterThan(0n);

    const before = await token.read.balanceOf([address]);
    await dapp.open("/stake");
    await dapp.at("claim-rewards").click();
    await dapp.reaches("claim-rewards", "indexed", "final");
    expect((await token.read.balanceOf([address])) - before).toBe(pending);
    const { rewards } = await ask<{ rewards: { nodes: { kind: string; amount: string }[] } }>(
      "query ($address: String!) { rewards(address: $address) { nodes { kind amount } } }",
      { address },
    );
    expect(rewards.nodes).toEqual([{ kind: "CLAIM", amount: String(pending) }]);

    await dapp.open("/rewards");
    await dapp.shows(dapp.page.locator("main"), Number(formatEther(pending)).toFixed(2).slice(0, -1));
  });
});

describe("amounts that cannot be meant", () => {
  it("are refused in words before the wallet is asked", async () => {
    const visitor = await visit();
    const dapp = new Dapp(visitor, product.url);
    await fund(visitor.wallet.account.address);
    await dapp.open("/stake/delegate/1");
    await dapp.connect();
    for (const amount of ["1e3", "-0", "1.0000000000000000001", String(parseEther("1"))]) {
      await dapp.write(amount);
      await dapp.page.locator("[data-testid=amount-input][aria-invalid=true]").waitFor();
    }
    expect(visitor.wallet.asked.filter((method) => /sign|send/i.test(method))).toEqual([]);
  });
});
