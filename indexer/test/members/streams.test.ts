import { randomUUID } from "node:crypto";
import { decodeJwt } from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { putSettings } from "../../src/domains/security/repository/settings.ts";
import { Tokens } from "../../src/domains/security/tokens.ts";
import { NetworkMarks, readNetwork } from "../../src/platform/crypto/networks.ts";
import { startTestApi, subscribe, type TestApi, type Told } from "../harness/api.ts";
import { address, DELEGATORS } from "../harness/chain.ts";
import { until } from "../harness/until.ts";
import { agreed } from "./applicant.ts";
import { ORIGIN } from "./browser.ts";
import { type Intents, type Signer, startIntents } from "./intents/signers.ts";
import { keyHolders } from "./key-holder.ts";

let here: Intents;
/** A second process over the same database. */
let elsewhere: TestApi;
beforeAll(async () => {
  here = await startIntents({ settings: { SMTP_URL: "smtp://127.0.0.1:1", MAIL_FROM: "members@tburn.test" } });
  elsewhere = await startTestApi(here.chain, here.database.url, here.settings);
});
afterAll(async () => {
  await elsewhere?.stop();
  await here?.stop();
});
beforeEach(() => here.forgetVisits());

interface Member {
  accountId: string | null;
  status: string;
  affairs: {
    registration: string | null;
    roles: string[] | null;
    sessions: number | null;
    secondFactors: number | null;
    networks: number | null;
    intents: { kind: string; state: string }[] | null;
  } | null;
  identity?: object | null;
}
interface News {
  memberUpdated: Member;
}

const QUERY = `subscription ($id: String!) { memberUpdated(memberId: $id) { accountId status
  affairs { registration roles sessions secondFactors networks intents { kind state } } } }`;

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A stream of `whom`, by whoever has `token`. */
function follow(whom: string, token?: string, api: Pick<TestApi, "wsUrl"> = here.api) {
  const stream = subscribe<News>(api, QUERY, { id: whom }, token);
  open.push(stream);
  const codes = () => stream.messages.flatMap(({ errors }: Told<News>) => errors ?? []).map((e) => e.extensions.code);
  return {
    ...stream,
    first: () => until("the first message", () => stream.messages[0]),
    /** The first message that says so. */
    heard: (what: string, says: (member: Member) => boolean) =>
      until(what, () => stream.messages.find(({ data }) => data && says(data.memberUpdated))?.data?.memberUpdated),
    /** Code with which it ended. */
    ended: async () => {
      await until("the end of the stream", stream.isOver);
      return [
        ...codes(),
        ...(stream.errors.flat() as { extensions: { code: string } }[]).map((e) => e.extensions.code),
      ];
    },
  };
}

const register = (one: Signer) =>
  one.ask("POST", "/api/v1/members/register", {
    email: `s-${randomUUID()}@example.com`,
    tier: "BASIC_USER",
    language: "en",
    consents: agreed(),
  });
const sessionOf = ({ token }: Signer) => String(decodeJwt(token).sid);
const dismiss = ({ memberId }: Signer) =>
  here.database.pool.query("delete from app.staff_roles where member_id = $1", [memberId]);

describe("a member's stream", () => {
  it("tells how its member stands, then each change of it, whichever process made it", async () => {
    const one = await here.signer(50);
    const stream = follow(one.memberId, one.token, elsewhere);
    expect((await stream.first()).data?.memberUpdated).toMatchObject({
      accountId: one.memberId,
      affairs: { registration: null, roles: [], sessions: 1, secondFactors: 0, networks: 0, intents: [] },
    });
    expect((await register(one)).status).toBe(202);
    await stream.heard("a registration", ({ affairs }) => affairs?.registration === "EMAIL_PENDING");
    await here.signer(50);
    await stream.heard("a second session", ({ affairs }) => affairs?.sessions === 2);
    expect(stream.isOver()).toBe(false);
  });

  it("tells of transactions that were prepared, and of blocks that concern it", async () => {
    const one = await here.signer(DELEGATORS[0] ?? 0);
    const stream = follow(one.memberId, one.token);
    await stream.first();
    const intent = await one.prepared("delegate", { validatorId: 1, amount: "150000000000000000000" });
    await stream.heard("an intent", ({ affairs }) => affairs?.intents?.[0]?.state === "PENDING");
    const before = stream.messages.length;
    await here.confirmed(one, intent);
    await stream.heard("its end", ({ affairs }) => affairs?.intents?.[0]?.state === "CONFIRMED");
    expect(stream.messages.length).toBeGreaterThan(before);
  });

  it("is nobody else's: another member, a stranger and a program are refused, and nobody looks like somebody", async () => {
    const [one, other] = [await here.signer(51), await here.signer(52)];
    expect(await follow(one.memberId, other.token).ended()).toEqual(["FORBIDDEN"]);
    expect(await follow(randomUUID(), other.token).ended()).toEqual(["FORBIDDEN"]);
    expect(await follow(one.memberId).ended()).toEqual(["SIGN_IN_REQUIRED"]);
    const holder = await keyHolders(here).person();
    const { key } = await holder.key();
    expect(await follow(holder.memberId, key).ended()).toEqual(["API_KEY_NOT_ENOUGH"]);
  });

  it("never tells what happens to another", async () => {
    const [one, other] = [await here.signer(53), await here.signer(54)];
    const [own, theirs] = [follow(one.memberId, one.token), follow(other.memberId, other.token)];
    await Promise.all([own.first(), theirs.first()]);
    await register(other);
    await theirs.heard("a registration", ({ affairs }) => affairs?.registration !== null);
    await register(one);
    await own.heard("a registration", ({ affairs }) => affairs?.registration !== null);
    const told = (stream: typeof own) => new Set(stream.messages.map(({ data }) => data?.memberUpdated.accountId));
    expect([...told(own), ...told(theirs)]).toEqual([one.memberId, other.memberId]);
  });

  it("is the staff's as far as their roles see, and leaves an entry", async () => {
    const one = await here.signer(55);
    await register(one);
    const officer = await here.signer(56, "compliance");
    const { data } = await follow(one.memberId, officer.token).first();
    expect(data?.memberUpdated.affairs).toEqual({
      ...{
        registration: "EMAIL_PENDING",
        roles: null,
        sessions: 1,
        secondFactors: null,
        networks: null,
        intents: null,
      },
    });
    const { rows } = await here.database.pool.query(
      "select 1 from app.audit_entries where action = 'account.follow' and actor_id = $1 and subject_id = $2",
      [officer.memberId, one.memberId],
    );
    expect(rows).toHaveLength(1);
  });
});

it("a stream comes by server-sent events alike, and ends alike", async () => {
  const one = await here.signer(57);
  const leave = new AbortController();
  const response = await fetch(`${here.api.url}/graphql`, {
    method: "POST",
    signal: leave.signal,
    headers: {
      ...{ "content-type": "application/json", accept: "text/event-stream" },
      authorization: `Bearer ${one.token}`,
    },
    body: JSON.stringify({ query: QUERY, variables: { id: one.memberId } }),
  });
  let text = "";
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  })();
  await until("the first message", () => text.includes(one.memberId));
  await register(one);
  await until("a registration", () => text.includes('"registration":"EMAIL_PENDING"'));
  expect((await one.ask("DELETE", one.own(`sessions/${sessionOf(one)}`))).status).toBe(204);
  await reading;
  expect(text).toContain('"code":"SESSION_ENDED"');
  leave.abort();
});

describe("a stream ends", () => {
  it("when its session is ended, at once, and tells nothing more", async () => {
    const one = await here.signer(60);
    const stream = follow(one.memberId, one.token);
    await stream.first();
    const later = await here.signer(60);
    await stream.heard("the other session", ({ affairs }) => affairs?.sessions === 2);
    expect((await later.ask("DELETE", later.own(`sessions/${sessionOf(one)}`))).status).toBe(204);
    expect(await stream.ended()).toEqual(["SESSION_ENDED"]);
    const heard = stream.messages.length;
    await register(later);
    const still = follow(one.memberId, later.token);
    await still.heard("the registration", ({ affairs }) => affairs?.registration !== null);
    expect(stream.messages).toHaveLength(heard);
  });

  it("when its asker has lost the role that it stood on, before the next value", async () => {
    const one = await here.signer(61);
    const officer = await here.signer(62, "compliance");
    const stream = follow(one.memberId, officer.token);
    await stream.first();
    await dismiss(officer);
    await register(one);
    expect(await stream.ended()).toEqual(["FORBIDDEN"]);
    expect(stream.messages.filter(({ data }) => data)).toHaveLength(1);
  });

  it("when its member is suspended, before the next value", async () => {
    const [first, second] = [await here.signer(63, "compliance"), await here.signer(0, "compliance")];
    const one = await here.signer(DELEGATORS[1] ?? 0);
    const stream = follow(one.memberId, one.token);
    await stream.first();
    const reason = { reason: "TERMS_OF_SERVICE", evidenceHash: `0x${"AB".repeat(32)}`, durationSeconds: 3_600 };
    const path = `/api/v1/members/${one.memberId}/suspend`;
    const { approvalId } = await first.must<{ approvalId: string }>("POST", path, reason);
    const decision = { approve: true, reason: "as seen" };
    await second.must("POST", `/api/v1/admin/approvals/${approvalId}/decision`, decision);
    await here.confirmed(second, await second.intent(approvalId));
    expect(await stream.ended()).toEqual(["SESSION_ENDED"]);
    expect(stream.messages.some(({ data }) => data?.memberUpdated.status === "SUSPENDED")).toBe(false);
    expect(await here.chain.view("MemberRegistry", "memberNoOf", [address(one.index)])).toBeGreaterThan(0n);
  });

  it("when its member lets itself be signed in from elsewhere alone", async () => {
    const one = await here.signer(64);
    const stream = follow(one.memberId, one.token);
    await stream.first();
    // Written by another page, which is there already.
    const elsewhereAlone = new NetworkMarks(Buffer.from(here.settings.TOKEN_SEED ?? "", "base64"));
    const network = readNetwork("203.0.113.0/24");
    const networkMarks = elsewhereAlone.of(one.memberId, network ? [network] : []);
    await putSettings(
      here.database.pool,
      one.memberId,
      { networks: Buffer.alloc(1), networkMarks, sessionHours: null },
      new Date(),
    );
    expect(await stream.ended()).toEqual(["ADDRESS_NOT_ALLOWED"]);
  });

  it("with its token, though nothing happens", async () => {
    const one = await here.signer(65);
    const { sub = "", sid, auth_time } = decodeJwt(one.token);
    const tokens = new Tokens(ORIGIN, Buffer.from(here.settings.TOKEN_SEED ?? "", "base64"));
    const bearer = { memberId: sub, sessionId: String(sid), authTime: Number(auth_time) };
    // One that was given out almost five minutes ago.
    const old = await tokens.access(bearer, Math.floor(Date.now() / 1_000) - 297);
    const stream = follow(one.memberId, old);
    await stream.first();
    expect(await stream.ended()).toEqual(["TOKEN_ENDED"]);
  });

  it("of what is public as well, if it came with a token: what it tells may be personal", async () => {
    const one = await here.signer(DELEGATORS[2] ?? 0);
    const memberNo = Number(await here.chain.view<bigint>("MemberRegistry", "memberNoOf", [address(one.index)]));
    const query = "subscription ($no: Int!) { memberUpdated(memberNo: $no) { accountId identity { masked } } }";
    const stream = subscribe<News>(here.api, query, { no: memberNo }, one.token);
    open.push(stream);
    await until("a message", async () => {
      await here.chain.act(one.index, "StakingCore", "delegate", [2, 10n ** 20n, 0n]);
      await here.follow();
      return stream.messages.length > 0;
    });
    expect(stream.messages[0]?.data?.memberUpdated).toEqual({ accountId: one.memberId, identity: { masked: true } });
    expect((await one.ask("DELETE", one.own(`sessions/${sessionOf(one)}`))).status).toBe(204);
    await until("the end of the stream", stream.isOver);
    expect(stream.messages.at(-1)?.errors?.map(({ extensions }) => extensions.code)).toEqual(["SESSION_ENDED"]);
  });
});

it("a session holds five streams at once, and one that ends makes room", async () => {
  const one = await here.signer(70);
  const streams = Array.from({ length: 5 }, () => follow(one.memberId, one.token));
  await Promise.all(streams.map((stream) => stream.first()));
  expect(await follow(one.memberId, one.token).ended()).toEqual(["TOO_MANY_SUBSCRIPTIONS"]);
  await streams[0]?.close();
  await until("room", async () => {
    const stream = follow(one.memberId, one.token);
    await until("an answer", () => stream.messages.length > 0 || stream.isOver());
    return stream.messages.length > 0;
  });
});
