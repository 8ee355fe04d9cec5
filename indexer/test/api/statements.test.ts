import { statementDomain, statementTypes } from "@tburn/deployments/delegate-statement";
import type { Address } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { localWallet } from "../../../scripts/local/chain.ts";
import { type Served, startServed } from "../harness/served.ts";

let served: Served;

beforeAll(async () => {
  served = await startServed(inject("postgres"), 45);
});

afterAll(() => served?.stop());

/** Wallets that stake in the harness, and one that nobody knows. */
const [DELEGATE, OTHER, CONTRACT, STRANGER] = [4, 5, 6, 90] as const;
const MUTATION = `mutation ($statement: DelegateStatementInput!) {
  publishDelegateStatement(statement: $statement) { delegate name text link signedAt hash } }`;
const QUERY = "query ($address: String!) { delegate(address: $address) { statement { name text link } } }";

const walletOf = (index: number) => privateKeyToAccount(localWallet(index).privateKey as `0x${string}`);
const now = () => Math.floor(Date.now() / 1_000);
const words = { name: "Hanbit", text: "I vote for slow changes.\n<b>Always.</b>", link: "https://example.org/why" };

/** What `index` signs for `delegate`, itself if nothing is said. */
async function signed(index: number, parts: Partial<typeof words> = {}, signedAt = now(), delegate?: Address) {
  const wallet = walletOf(index);
  const said = { ...words, ...parts, delegate: delegate ?? wallet.address };
  const signature = await wallet.signTypedData({
    domain: { ...statementDomain, chainId: served.chain.record.chainId },
    types: statementTypes,
    primaryType: "DelegateStatement",
    message: { ...said, signedAt: BigInt(signedAt) },
  });
  return { ...said, signedAt, signature };
}

const publish = (statement: object) => served.api.ask(MUTATION, { statement });
const codeOf = async (statement: object) => (await publish(statement)).errors?.[0]?.extensions?.code;
const said = async (index: number) => {
  const { data } = await served.api.ask(QUERY, { address: walletOf(index).address });
  return (data?.delegate as { statement: object | null } | undefined)?.statement;
};
/** Lets the pause between two statements of one wallet pass for those that stand. */
const rested = () =>
  served.database.pool.query("update app.delegate_statements set received_at = now() - interval '1 hour'");

it("publishes what a wallet with votes signed, and the later of two", async () => {
  expect(await said(DELEGATE)).toBeNull();
  const first = await signed(DELEGATE, {}, now() - 60);
  const { data } = await publish(first);
  const { signature: _, delegate, ...shown } = first;
  expect(data?.publishDelegateStatement).toMatchObject({ ...shown, delegate: delegate.toLowerCase() });
  expect(await said(DELEGATE)).toEqual(words);
  await rested();
  const second = await signed(DELEGATE, { text: "I changed my mind." }, now() - 30);
  expect((await publish(second)).errors).toBeUndefined();
  await rested();
  expect(await codeOf(first)).toBe("STATEMENT_TOO_SOON");
  expect(await said(DELEGATE)).toMatchObject({ text: "I changed my mind." });
});

it("forgets the words of a statement that is withdrawn, and takes no earlier one back", async () => {
  const earlier = await signed(OTHER, {}, now() - 60);
  await publish(earlier);
  await rested();
  const withdrawal = await signed(OTHER, { name: "", text: "", link: "" });
  expect((await publish(withdrawal)).data).toEqual({ publishDelegateStatement: null });
  expect(await said(OTHER)).toBeNull();
  await rested();
  expect(await codeOf(earlier)).toBe("STATEMENT_TOO_SOON");
  const { rows } = await served.database.pool.query(
    "select name, statement, link from app.delegate_statements where name = ''",
  );
  expect(rows).toEqual([{ name: "", statement: "", link: "" }]);
});

it("refuses by code what another signed, what was changed, what is old, and who has no votes", async () => {
  const mine = await signed(CONTRACT);
  expect(await codeOf(await signed(STRANGER, {}, now(), walletOf(CONTRACT).address))).toBe("SIGNATURE_INVALID");
  expect(await codeOf({ ...mine, text: "Something else." })).toBe("SIGNATURE_INVALID");
  expect(await codeOf({ ...mine, signature: "0x12" })).toBe("SIGNATURE_INVALID");
  expect(await codeOf(await signed(CONTRACT, {}, now() - 3_600))).toBe("STATEMENT_EXPIRED");
  expect(await codeOf(await signed(CONTRACT, {}, now() + 3_600))).toBe("STATEMENT_EXPIRED");
  expect(await codeOf(await signed(STRANGER))).toBe("STATEMENT_NO_VOTES");
  expect(await said(CONTRACT)).toBeNull();
});

it.each([
  ["a name beyond 60 characters", { name: "a".repeat(61) }],
  ["a text beyond 2,000 characters", { text: "a".repeat(2_001) }],
  ["a text without a name", { name: "" }],
  ["a name that turns the direction of writing", { name: "Han\u202Ebit" }],
  ["a line break in a name", { name: "Han\nbit" }],
  ["a script as a link", { link: "javascript:alert(1)" }],
  ["a link that is not encrypted", { link: "http://example.org" }],
  ["a link with a password", { link: "https://a:b@example.org" }],
])("refuses %s", async (_what, parts) => {
  expect(await codeOf(await signed(DELEGATE, parts))).toBe("INPUT_INVALID");
});

it("asks a contract wallet whether it signed", async () => {
  const { address } = walletOf(CONTRACT);
  // Answers every question with the magic value of EIP-1271.
  await served.chain.rpc("anvil_setCode", [address, "0x631626ba7e60e01b60005260206000f3"]);
  const foreign = await signed(STRANGER, {}, now(), address);
  expect((await publish(foreign)).errors).toBeUndefined();
  expect(await said(CONTRACT)).toEqual(words);
});

it("lets nobody write without end", async () => {
  const statement = await signed(STRANGER);
  const codes = await Promise.all(Array.from({ length: 40 }, () => codeOf(statement)));
  expect(codes).toContain("RATE_LIMITED");
});
