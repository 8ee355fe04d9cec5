import { describe, expect, it } from "vitest";
import { aboutToDelegate } from "./harness/acts/delegating.ts";
import { contracts } from "./harness/contracts.ts";
import { mirror } from "./harness/mirror.ts";
import { until } from "./harness/until.ts";
import { browser } from "./harness/visitor.ts";

const here = browser();
const { product, chain } = here;
const { rows, ask } = mirror();
const { client, core, members, deployer } = contracts();

const indexedTo = async () => {
  const [row] = await rows<{ number: string }>("select max(number) as number from chain.blocks");
  return Number(row?.number);
};

describe("a reorganisation", () => {
  it("takes the delegation back on the page, in the mirror and in the API, and is told", async () => {
    const { dapp, wallet, address } = await aboutToDelegate(here, 7, "300");
    await dapp.at("primary-action").click();
    await dapp.reaches("delegate", "indexed");
    const hash = wallet.sent.at(-1) ?? "0x";
    const { blockNumber } = await client.getTransactionReceipt({ hash });
    const head = await client.getBlockNumber();
    await chain.reorganise(Number(head - blockNumber) + 1, deployer, address);

    await dapp.at("reorg-banner").waitFor();
    await dapp.at("tray-open").click();
    await dapp.page.locator("[data-testid=tray-item][data-action=delegate][data-reorged=true]").waitFor();
    await until("the mirror has no such position", async () => {
      const { member } = await ask<{ member: { stakingPositions: { nodes: unknown[] } } }>(
        "query ($address: String!) { member(address: $address) { stakingPositions(first: 1) { nodes { positionId } } } }",
        { address },
      );
      return member.stakingPositions.nodes.length === 0;
    });
    const { reorgs } = await ask<{ reorgs: { fromBlock: number; oldHash: string; newHash: string; depth: number }[] }>(
      "{ reorgs(limit: 5) { fromBlock oldHash newHash depth } }",
    );
    const told = reorgs.find(({ fromBlock }) => fromBlock === Number(blockNumber));
    expect(told?.depth).toBeGreaterThanOrEqual(1);
    expect(told?.oldHash).not.toBe(told?.newHash);
  });
});

describe("an indexer that stands still", () => {
  it("is told by the page, while amounts come from the chain and stay right", async () => {
    const { dapp, address } = await aboutToDelegate(here, 8, "300");
    process.kill(product.syncPid, "SIGSTOP");
    let stoodAt: number;
    try {
      stoodAt = await indexedTo();
      await dapp.at("primary-action").click();
      await dapp.reaches("delegate", "in-block");
      await chain.mine(40);
      await dapp.open("/stake");
      await dapp.shows(dapp.at("position-row"), "300");
      expect(await indexedTo()).toBe(stoodAt);
      const memberNo = await members.read.memberNoOf([address]);
      expect(await core.read.positionOf([memberNo, 8])).toBeGreaterThan(0n);
    } finally {
      process.kill(product.syncPid, "SIGCONT");
    }
    await dapp.reaches("delegate", "indexed", "final");
  });
});

describe("a wallet on another network", () => {
  it("is asked to switch, and the way is clear afterwards", async () => {
    const { dapp, wallet } = await aboutToDelegate(here, 1, "300");
    await wallet.moveTo(1);
    await dapp.remedy("wrong-network");
    expect(wallet.asked).toContain("wallet_switchEthereumChain");
    await dapp.at("primary-action").click();
    await dapp.reaches("delegate", "indexed", "final");
  });
});
