import { randomUUID } from "node:crypto";
import { createClient } from "graphql-ws";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type People, startPeople } from "../members/people.ts";

let people: People;
beforeAll(async () => {
  people = await startPeople();
});
afterAll(() => people?.stop());

const query = "{ transactionIntents { id } }";

/** A member with one prepared transaction, which the database shows to nobody else. */
async function member() {
  const page = people.browser();
  const { memberId, accessToken } = await page.signIn(privateKeyToAccount(generatePrivateKey()));
  const id = randomUUID();
  const step = { name: "act", to: `0x${"1".repeat(40)}`, data: "0x", value: "0" };
  await people.database.pool.query(
    `insert into app.tx_intents (member_id, id, kind, state, chain_id, account, is_contract_wallet, steps, expected, from_block, created_at, expires_at)
     values ($1, $2, 'stake', 'PENDING', 31337, null, false, $3, '[]', 0, now(), now() + interval '1 hour')`,
    [memberId, id, JSON.stringify([step])],
  );
  const authorization = `Bearer ${accessToken}`;
  const client = createClient({
    url: `${people.api.wsUrl}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
    retryAttempts: 0,
  });
  const idsOf = (list: { id: string }[] | undefined) => (list ?? []).map((one) => one.id);
  return {
    id,
    /** One question over a socket that stays open. */
    bySocket: async () => {
      for await (const { data } of client.iterate<{ transactionIntents: { id: string }[] }>({ query })) {
        return idsOf(data?.transactionIntents);
      }
      return [];
    },
    byQuery: async () => {
      const response = await people.api.post(JSON.stringify({ query }), { authorization });
      return idsOf(
        ((await response.json()) as { data: { transactionIntents: { id: string }[] } }).data.transactionIntents,
      );
    },
    byRoute: async () => {
      const response = await page.as(accessToken, "GET", "/api/v1/tx-intents");
      return idsOf(((await response.json()) as { intents: { id: string }[] }).intents);
    },
    close: () => client.dispose(),
  };
}

describe("the database shows a request the rows of its own member", () => {
  it("by route, by query and by socket, however many come at once", async () => {
    const [alice, bob] = [await member(), await member()];
    const asked = Array.from({ length: 20 }, () => [alice, bob]).flat();
    const answers = await Promise.all(
      asked.map(async (one) => [one.id, await one.byRoute(), await one.byQuery(), await one.bySocket()]),
    );
    for (const [id, ...seen] of answers) expect(seen).toEqual([[id], [id], [id]]);
    await Promise.all([alice.close(), bob.close()]);
  });

  it("and none to whoever has not signed in", async () => {
    const response = await people.api.post(JSON.stringify({ query }));
    const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(["SIGN_IN_REQUIRED"]);
  });
});
