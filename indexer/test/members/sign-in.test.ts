import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ethers } from "ethers";
import { SignJWT } from "jose";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import type { SiweMessage } from "viem/siwe";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ORIGIN, refusal, TestBrowser } from "./browser.ts";
import { type People, startPeople } from "./people.ts";

let people: People;
let { database, chain, api } = {} as Pick<People, "database" | "chain" | "api">;

beforeAll(async () => {
  people = await startPeople();
  ({ database, chain, api } = people);
});
afterAll(() => people?.stop());
// Every test is a fresh visitor to the limit, too.
beforeEach(() => people.forgetVisits());

const browser = () => people.browser();
const wallet = () => privateKeyToAccount(generatePrivateKey());
const signedWith = async (changed: Partial<SiweMessage>, mend = (text: string) => text) => {
  const [page, account] = [browser(), wallet()];
  const message = mend(await page.message(account.address, changed));
  return refusal(await page.verify(message, await account.signMessage({ message })));
};

describe("signing in", () => {
  it("makes an account at the first time and finds it again at the second, in any letter case", async () => {
    const account = wallet();
    const first = await browser().signIn(account);
    const second = await browser().signIn({ ...account, address: account.address });
    expect(second.memberId).toBe(first.memberId);
    const { rows } = await database.pool.query("select address from app.member_wallets where member_id = $1", [
      first.memberId,
    ]);
    expect(rows).toEqual([{ address: account.address.toLowerCase() }]);
  });

  it("makes one account, however many first sign-ins come at once", async () => {
    const account = wallet();
    const pairs = await Promise.all(Array.from({ length: 4 }, () => browser().signIn(account)));
    expect(new Set(pairs.map(({ memberId }) => memberId)).size).toBe(1);
  });

  it("takes a contract's word by ERC-1271", async () => {
    const [page, key] = [browser(), wallet()];
    const signer = await chain.provider.getSigner(0);
    const file = join(
      import.meta.dirname,
      "../../../artifacts/contracts/mocks/ContractWallet__Mock.sol/ContractWallet__Mock.json",
    );
    const { abi, bytecode } = JSON.parse(readFileSync(file, "utf8")) as { abi: ethers.InterfaceAbi; bytecode: string };
    const contract = await new ethers.ContractFactory(abi, bytecode, signer).deploy(key.address);
    await contract.waitForDeployment();
    const message = await page.message((await contract.getAddress()) as `0x${string}`);
    expect((await page.verify(message, await key.signMessage({ message }))).status).toBe(200);
    const again = await page.message((await contract.getAddress()) as `0x${string}`);
    expect(await refusal(await page.verify(again, await wallet().signMessage({ message: again })))).toEqual([
      401,
      "SIGN_IN_REFUSED",
    ]);
  });

  it.each<[string, Partial<SiweMessage>]>([
    ["another site", { domain: "evil.test" }],
    ["another address of this site", { uri: `${ORIGIN}/elsewhere` }],
    ["another chain", { chainId: 1 }],
    ["another text", { statement: "Give me everything" }],
    ["a time long ago", { issuedAt: new Date("2020-01-01"), expirationTime: new Date("2020-01-01T00:05:00Z") }],
    ["a time to come", { issuedAt: new Date("2099-01-01"), expirationTime: new Date("2099-01-01T00:05:00Z") }],
    ["no end", { expirationTime: undefined }],
    ["an end too far", { expirationTime: new Date(Date.now() + 3_600_000) }],
    ["resources", { resources: ["https://evil.test"] }],
  ])("refuses a message for %s", async (_what, changed) => {
    expect(await signedWith(changed)).toEqual([401, "SIGN_IN_REFUSED"]);
  });

  it.each<[string, (text: string) => string]>([
    ["a tail", (text) => `${text}\nand more`],
    ["a second block of fields", (text) => `${text}\n${text.slice(text.indexOf("URI:"))}`],
    ["an address in lower case", (text) => text.replace(/0x[0-9a-fA-F]{40}/, (found) => found.toLowerCase())],
    ["Windows line ends", (text) => text.replaceAll("\n", "\r\n")],
  ])("refuses a message with %s, which a lax parser would take", async (_what, mend) => {
    expect(await signedWith({}, mend)).toEqual([401, "SIGN_IN_REFUSED"]);
  });

  it("refuses a signature by somebody else, and spends the nonce all the same", async () => {
    const [page, account] = [browser(), wallet()];
    const message = await page.message(account.address);
    expect(await refusal(await page.verify(message, await wallet().signMessage({ message })))).toEqual([
      401,
      "SIGN_IN_REFUSED",
    ]);
    expect((await page.verify(message, await account.signMessage({ message }))).status).toBe(401);
  });

  it("takes a signed message once, also when it comes twice at once", async () => {
    const [page, account] = [browser(), wallet()];
    const message = await page.message(account.address);
    const signature = await account.signMessage({ message });
    const answers = await Promise.all([page.verify(message, signature), page.verify(message, signature)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it("refuses a message that another browser had asked for", async () => {
    const account = wallet();
    const message = await browser().message(account.address);
    const phished = browser();
    await phished.message(account.address);
    expect((await phished.verify(message, await account.signMessage({ message }))).status).toBe(401);
  });

  it("names the field that is wrong, and takes no form", async () => {
    const page = browser();
    const response = await page.send("POST", "/api/v1/auth/siwe/verify", { message: "x", signature: "0x1", more: 1 });
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    const problem = (await response.json()) as { code: string; errors: { field: string }[] };
    expect([response.status, problem.code, problem.errors[0]?.field]).toEqual([422, "INPUT_INVALID", "signature"]);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const posted = await fetch(`${api.url}/api/v1/auth/siwe/verify`, {
      method: "POST",
      headers: form,
      body: "message=x",
    });
    expect(await refusal(posted)).toEqual([415, "MEDIA_TYPE_UNSUPPORTED"]);
  });

  it("asks for patience after ten tries in a minute", async () => {
    const page = browser();
    for (let i = 0; i < 10; i++) expect((await page.send("POST", "/api/v1/auth/siwe/nonce")).status).toBe(200);
    const refused = await page.send("POST", "/api/v1/auth/siwe/nonce");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refusal(refused)).toEqual([429, "RATE_LIMITED"]);
  });
});

describe("an access token", () => {
  it("opens the member's own sessions, and nobody else's", async () => {
    const [page, other] = [browser(), browser()];
    const mine = await page.signIn(wallet());
    const theirs = await other.signIn(wallet());
    const own = await page.as(mine.accessToken, "GET", `/api/v1/members/${mine.memberId}/sessions`);
    const { sessions } = (await own.json()) as { sessions: { isCurrent: boolean }[] };
    expect(sessions.map(({ isCurrent }) => isCurrent)).toEqual([true]);
    const path = `/api/v1/members/${theirs.memberId}/sessions`;
    expect(await refusal(await page.as(mine.accessToken, "GET", path))).toEqual([404, "MEMBER_NOT_FOUND"]);
    expect(await refusal(await page.as(mine.accessToken, "DELETE", path))).toEqual([404, "MEMBER_NOT_FOUND"]);
    expect((await other.as(theirs.accessToken, "GET", "/api/v1/auth/session")).status).toBe(200);
  });

  it("is believed only with this service's key, algorithm and kind", async () => {
    const page = browser();
    const { accessToken } = await page.signIn(wallet());
    const [head = "", body = ""] = accessToken.split(".");
    const none = Buffer.from(JSON.stringify({ alg: "none", typ: "at+jwt" })).toString("base64url");
    const jwks = (await (await fetch(`${api.url}/.well-known/jwks.json`)).json()) as { keys: { x: string }[] };
    const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
    const shared = await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
      .sign(Buffer.from(jwks.keys[0]?.x ?? "", "base64url"));
    for (const forged of [`${none}.${body}.`, shared, `${head}.${body}.AAAA`, "", "a.b.c"]) {
      expect(await refusal(await page.as(forged, "GET", "/api/v1/auth/session"))).toEqual([401, "SIGN_IN_REQUIRED"]);
    }
  });

  it("ends at once with its session", async () => {
    const [phone, laptop, account] = [browser(), browser(), wallet()];
    const onPhone = await phone.signIn(account);
    const onLaptop = await laptop.signIn(account);
    const path = `/api/v1/members/${onLaptop.memberId}/sessions`;
    expect(await (await laptop.as(onLaptop.accessToken, "DELETE", path)).json()).toEqual({ ended: 1 });
    expect(await refusal(await phone.as(onPhone.accessToken, "GET", "/api/v1/auth/session"))).toEqual([
      401,
      "SESSION_ENDED",
    ]);
    expect((await laptop.as(onLaptop.accessToken, "POST", "/api/v1/auth/logout")).status).toBe(204);
    expect((await laptop.as(onLaptop.accessToken, "GET", "/api/v1/auth/session")).status).toBe(401);
    expect((await laptop.refresh()).status).toBe(204);
  });

  it("ends at once when the chain suspends the member, who may then sign in anew to appeal", async () => {
    const [page, account] = [browser(), wallet()];
    const { accessToken } = await page.signIn(account);
    const owner = account.address.toLowerCase();
    await database.pool.query(
      `insert into chain.members (member_no, member_id, owner, payout, status, registered_at, last_activity_at, kyc_level)
       values (900001, $1, $2, $2, 4, 0, 0, 0)`,
      [`0x${"1".repeat(64)}`, owner],
    );
    const { rows } = await database.pool.query<{ head: string }>(
      "select block_number::text as head from ops.checkpoint",
    );
    const head = BigInt(rows[0]?.head ?? 0);
    // The chain's clock may be days ahead of ours.
    const at = Math.floor(Date.now() / 1_000) + 86_400;
    await database.pool.query(
      `insert into chain.suspensions (member_no, suspension_id, reason, state, evidence_hash, suspended_at, suspended_by, ends_at, appeal_by, block_number, tx_hash)
       values (900001, 1, 1, 1, $1, $2, $3, $2, $2, $4, $1)`,
      [`0x${"2".repeat(64)}`, at, owner, head + 1n],
    );
    expect((await page.as(accessToken, "GET", "/api/v1/auth/session")).status).toBe(401);
    await database.pool.query("update chain.suspensions set block_number = $1 where member_no = 900001", [head]);
    const anew = await browser().signIn(account);
    expect((await page.as(anew.accessToken, "GET", "/api/v1/auth/session")).status).toBe(200);
  });
});

describe("a refresh token", () => {
  it("gives the next pair, and the same one to each of a browser's tabs that ask at once", async () => {
    const page = browser();
    await page.signIn(wallet());
    await database.pool.query("truncate app.rate_limits");
    const cookies = new Map(page.cookies);
    const again = () => new TestBrowser(api, chain.record.chainId, new Map(cookies));
    const tabs = Array.from({ length: 9 }, again);
    const answers = await Promise.all(tabs.map((tab) => tab.refresh()));
    expect(answers.map(({ status }) => status)).toEqual(tabs.map(() => 200));
    expect(new Set(tabs.map(({ cookies: kept }) => kept.get("tburn-refresh"))).size).toBe(1);
    await database.pool.query("truncate app.rate_limits");
    expect((await (tabs[0] ?? page).refresh()).status).toBe(200);
  });

  it("that was copied ends the session for both, whoever comes second", async () => {
    for (const thiefFirst of [true, false]) {
      const page = browser();
      const { accessToken } = await page.signIn(wallet());
      const thief = page.stolen(["tburn-refresh"]);
      const order = thiefFirst ? [thief, page] : [page, thief];
      for (const one of order) await one.refresh();
      expect((await page.as(accessToken, "GET", "/api/v1/auth/session")).status).toBe(401);
      expect((await page.refresh()).status).not.toBe(200);
    }
  });

  it("that is old ends the session, even in the same browser", async () => {
    const page = browser();
    await page.signIn(wallet());
    const old = new TestBrowser(api, chain.record.chainId, new Map(page.cookies));
    await page.refresh();
    await page.refresh();
    expect(await refusal(await old.refresh())).toEqual([401, "SESSION_ENDED"]);
    expect((await page.refresh()).status).toBe(401);
  });

  it("is in the database as a hash alone", async () => {
    const page = browser();
    await page.signIn(wallet());
    const secret = Buffer.from(page.cookies.get("tburn-refresh") ?? "", "base64url").subarray(16);
    const { rows } = await database.pool.query<{ hash: Buffer }>("select hash from app.refresh_tokens");
    expect(rows.some(({ hash }) => hash.equals(secret))).toBe(false);
  });
});

describe("what remains of sessions", () => {
  it("is an audit entry for each beginning and each end, with its reason", async () => {
    const page = browser();
    const { memberId, accessToken } = await page.signIn(wallet());
    await page.as(accessToken, "POST", "/api/v1/auth/logout");
    const { rows } = await database.pool.query(
      "select action, detail->>'because' as because from app.audit_entries where subject_id = $1 order by id",
      [memberId],
    );
    expect(rows).toEqual([
      { action: "session.begin", because: null },
      { action: "session.end", because: "signed_out" },
    ]);
  });
});
