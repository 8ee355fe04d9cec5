import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { subscribe } from "../harness/api.ts";
import { address } from "../harness/chain.ts";
import { type Served, startServed } from "../harness/served.ts";
import { traffic } from "../harness/traffic.ts";
import { until } from "../harness/until.ts";

let served: Served;

beforeAll(async () => {
  served = await startServed(inject("postgres"), 43);
});

afterAll(() => served?.stop());

interface Message {
  data?: {
    networkEvents?: { block: { number: number }; events: { name: string }[] };
    validatorMetrics?: { delegators: object[]; totalStake: string };
  };
}

it("tells news over server-sent events", async () => {
  const leave = new AbortController();
  const response = await fetch(`${served.api.url}/graphql`, {
    method: "POST",
    signal: leave.signal,
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query: "subscription { networkEvents { block { number } events { name } } }" }),
  });
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  let text = "";
  const reading = (async () => {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
      text += Buffer.from(chunk).toString();
  })().catch(() => undefined);
  const heard = () =>
    [...text.matchAll(/^data: ?(\{.*)$/gm)].map((match) => (JSON.parse(match[1] ?? "") as Message).data?.networkEvents);
  await until("a first message", async () => {
    await served.chain.act(4, "StakingCore", "delegate", [2, 10n ** 21n, 0n]);
    await served.follow();
    return heard().length > 0;
  });
  expect(heard()[0]?.events.map(({ name }) => name)).toContain("StakeDelegated");
  leave.abort();
  await reading;
});

it("tells news over WebSocket, each block once and what replaced it", async () => {
  const { messages, close } = subscribe<NonNullable<Message["data"]>>(
    served.api,
    "subscription { networkEvents { block { number hash } events { name } } }",
  );
  await until("the subscription", async () => {
    await served.chain.mine();
    await served.follow();
    return messages.length > 0;
  });
  const before = await served.chain.height();
  await traffic(served.chain, served.random, 4);
  await served.follow();
  await served.chain.rollBack(2);
  await traffic(served.chain, served.random, 3);
  await served.follow();
  const top = await served.chain.height();
  const numbers = () => messages.map((message) => message.data?.networkEvents?.block.number ?? 0);
  await until("the new head", () => numbers().includes(top));
  for (let number = before + 1; number <= top; number++) expect(numbers()).toContain(number);
  await close();
});

it("tells a validator's and a member's news with rows of that moment", async () => {
  const one = subscribe<NonNullable<Message["data"]>>(
    served.api,
    "subscription { validatorMetrics(validatorId: 3) { totalStake delegators(first: 100) { shares } member { memberNo } } }",
  );
  const two = subscribe<NonNullable<Message["data"]>>(
    served.api,
    "subscription { memberUpdated(memberNo: 9) { memberNo lastActivityAt delegatedStake } }",
  );
  await until("first messages", async () => {
    await served.chain.act(9, "StakingCore", "delegate", [3, 10n ** 20n, 0n]);
    await served.follow();
    return one.messages.length > 1 && two.messages.length > 1;
  });
  const total = String(await served.chain.view<bigint>("StakingCore", "totalStakeOf", [3]));
  await until("the newest total", () => one.messages.at(-1)?.data?.validatorMetrics?.totalStake === total);
  expect(new Set(one.messages.map((m) => m.data?.validatorMetrics?.totalStake)).size).toBe(one.messages.length);
  await Promise.all([one.close(), two.close()]);
});

it("tells payments of rewards", async () => {
  const { messages, close } = subscribe<NonNullable<Message["data"]>>(
    served.api,
    "subscription { rewardDistributed(memberNo: 8) { kind amount paidTo } }",
  );
  await served.chain.act(8, "StakingCore", "delegate", [1, 10n ** 21n, 0n]);
  await until("a payment", async () => {
    await served.chain.passTime(40);
    const epoch = await served.chain.view<number>("RewardVault", "currentEpoch");
    const budget = await served.chain.view<bigint>("RewardVault", "budgetFor", [epoch]);
    await served.chain.mined(
      await served.chain.send(0, "RewardVault", "creditEpoch", [epoch, [{ validatorId: 1, amount: budget / 2n }]]),
    );
    const memberNo = await served.chain.view<bigint>("MemberRegistry", "memberNoOf", [address(8)]);
    const id = await served.chain.view<bigint>("StakingCore", "positionOf", [memberNo, 1]);
    await served.chain.mined(await served.chain.send(8, "RewardVault", "claimRewards", [[id]]));
    await served.follow();
    return messages.length > 0;
  });
  expect(messages[0]).toMatchObject({
    data: { rewardDistributed: { kind: "CLAIM", amount: expect.stringMatching(/^\d+$/) } },
  });
  await close();
});
