import { randomUUID } from "node:crypto";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Role } from "../../src/platform/access/actor.ts";
import { type Applicants, addressOf, codeIn, mailTo, startApplicants } from "./applicant.ts";
import type { TestBrowser } from "./browser.ts";

let people: Applicants;
const email = addressOf("seomjin");

interface Person {
  memberId: string;
  page: TestBrowser;
  token: string | undefined;
}
type Who = "visitor" | "other" | "self" | "compliance" | "administrator" | "auditor";
let persons: Record<Who, Person>;

async function signedIn(account = privateKeyToAccount(generatePrivateKey())): Promise<Person> {
  await people.forgetVisits();
  const page = people.browser();
  const { memberId, accessToken } = await page.signIn(account);
  return { memberId, page, token: accessToken };
}

async function staff(role: Role): Promise<Person> {
  const person = await signedIn();
  await people.appoint(person.memberId, role);
  return person;
}

/** The member of all questions: known to the chain, with an address that it proved and a name that it publishes. */
async function subject(): Promise<Person> {
  const account = privateKeyToAccount(generatePrivateKey());
  await people.forgetVisits();
  const applicant = await people.applicant(account);
  await applicant.register(email);
  await applicant.verify(codeIn(await mailTo(people.sink, email)));
  const { page, token, memberId } = await signedIn(account);
  const wallet = account.address.toLowerCase();
  await people.database.pool.query(
    `insert into chain.members (member_no, member_id, owner, payout, status, registered_at, last_activity_at, kyc_level)
     values (700001, $1, $2, $2, 2, 1, 1, 0)`,
    [`0x${"7".repeat(64)}`, wallet],
  );
  await people.database.pool.query(
    `insert into app.profiles (member_id, version, display_name, bio, website, links, tags, language, currency, time_zone, custom, changed_at)
     values ($1, 1, 'Seomjin', '', '', '[]', '{river}', 'ko', 'KRW', 'Asia/Seoul', '{"team": "red"}', now())`,
    [memberId],
  );
  return { page, token, memberId };
}

const steppedUp = (person: Person) =>
  people.database.pool.query("update app.sessions set stepped_up_at = now() where member_id = $1", [person.memberId]);

beforeAll(async () => {
  people = await startApplicants();
  persons = {
    visitor: { memberId: "", page: people.browser(), token: undefined },
    other: await signedIn(),
    self: await subject(),
    compliance: await staff("compliance"),
    administrator: await staff("administrator"),
    auditor: await staff("auditor"),
  };
});
afterAll(() => people?.stop());
beforeEach(() => people.forgetVisits());

interface Answer {
  data?: Record<string, never> | null;
  errors?: { path?: string[]; extensions: { code: string } }[];
}

const bearer = ({ token }: Person): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {});

async function ask(person: Person, query: string, variables: object = {}): Promise<Answer> {
  const response = await person.page.send("POST", "/graphql", { query, variables }, bearer(person));
  return (await response.json()) as Answer;
}

const get = (person: Person, path: string, body?: object) =>
  person.page.send(body ? "POST" : "GET", path, body, bearer(person));

/** What a route and a query make of the same question: a value, or the code of the refusal. */
interface Question {
  rest: (id: string) => [path: string, body?: object];
  restValue: (body: never) => unknown;
  query: string;
  queryValue: (data: never) => unknown;
}

const profileField = (name: string): Question => ({
  rest: (id) => [`/api/v1/members/${id}/profile`],
  restValue: (body: Record<string, unknown>) => body[name],
  query: `query ($id: String!) { member(memberId: $id) { metadata { ${name} } } }`,
  queryValue: (data: { member: { metadata: Record<string, unknown> } }) => data.member.metadata[name],
});

const sensitive = "?include_sensitive=true&reason=INVESTIGATION&reference=CASE-7";
const questions: Record<string, Question> = {
  displayName: profileField("displayName"),
  language: profileField("language"),
  accountAddress: {
    rest: (id) => [`/api/v1/members/${id}`],
    restValue: (body: { accountAddress: string }) => body.accountAddress,
    query: "query ($id: String!) { member(memberId: $id) { accountAddress } }",
    queryValue: (data: { member: { accountAddress: string } }) => data.member.accountAddress,
  },
  "email in full": {
    rest: (id) => [`/api/v1/members/${id}${sensitive}`],
    restValue: (body: { identity: { email: string } }) => body.identity.email,
    query: `query ($id: String!) { member(memberId: $id) { identity(full: true, reason: INVESTIGATION, reference: "CASE-7") { email } } }`,
    queryValue: (data: { member: { identity: { email: string } } }) => data.member.identity.email,
  },
  balance: {
    rest: (id) => [`/api/v1/members/${id}/balance`],
    restValue: (body: { totalBalance: string }) => body.totalBalance,
    query: "query ($id: String!) { member(memberId: $id) { financial { totalBalance } } }",
    queryValue: (data: { member: { financial: { totalBalance: string } } }) => data.member.financial.totalBalance,
  },
  transactions: {
    rest: (id) => [`/api/v1/members/${id}/transactions`],
    restValue: (body: { items: unknown[] }) => body.items,
    query: "query ($id: String!) { member(memberId: $id) { financial { transactions { nodes { name } } } } }",
    queryValue: (data: { member: { financial: { transactions: { nodes: unknown[] } } } }) =>
      data.member.financial.transactions.nodes,
  },
  statistics: {
    rest: (id) => [`/api/v1/members/${id}/statistics`],
    restValue: (body: { openPositions: number }) => body.openPositions,
    query: "query ($id: String!) { memberStats(memberId: $id) { openPositions } }",
    queryValue: (data: { memberStats: { openPositions: number } }) => data.memberStats.openPositions,
  },
  "search by name": {
    rest: () => ["/api/v1/members/search", { filter: { displayName: "seom" } }],
    restValue: (body: { items: unknown[] }) => body.items.length,
    query: `{ members(filter: { displayName: "seom" }) { nodes { memberNo } } }`,
    queryValue: (data: { members: { nodes: unknown[] } }) => data.members.nodes.length,
  },
  "search by email": {
    rest: () => ["/api/v1/members/search", { filter: { email } }],
    restValue: (body: { items: unknown[] }) => body.items.length,
    query: `{ members(filter: { email: "${email}" }) { nodes { memberNo } } }`,
    queryValue: (data: { members: { nodes: unknown[] } }) => data.members.nodes.length,
  },
};

const all = (value: unknown): Record<Who, unknown> => ({
  ...{ visitor: value, other: value, self: value },
  ...{ compliance: value, administrator: value, auditor: value },
});
const own = (value: unknown, others: unknown) => ({ ...all(others), visitor: "SIGN_IN_REQUIRED", self: value });

/** Who gets what: written by hand, so that a rule that lets too many in is noticed. */
const truth: Record<string, (wallet: string) => Record<Who, unknown>> = {
  displayName: () => all("Seomjin"),
  language: () => ({ ...all("ko"), visitor: undefined, other: undefined }),
  accountAddress: all,
  "email in full": () => ({ ...own(email, "FORBIDDEN"), compliance: email }),
  balance: () => ({ ...own("0", "FORBIDDEN"), auditor: "0" }),
  transactions: () => ({ ...own([], "FORBIDDEN"), auditor: [] }),
  statistics: () => ({ ...own(0, 0), other: "FORBIDDEN" }),
  "search by name": () => all(1),
  "search by email": () => ({ ...all("FILTER_FORBIDDEN"), compliance: 1 }),
};

async function byRest(person: Person, { rest, restValue }: Question): Promise<unknown> {
  const response = await get(person, ...rest(persons.self.memberId));
  const body = (await response.json()) as { code?: string };
  return response.status < 300 ? restValue(body as never) : body.code;
}

async function byQuery(person: Person, { query, queryValue }: Question): Promise<unknown> {
  const { data, errors } = await ask(person, query, query.includes("$id") ? { id: persons.self.memberId } : {});
  return errors?.[0]?.extensions.code ?? queryValue(data as never);
}

describe("who sees what", () => {
  const cases = Object.keys(truth).flatMap((name) =>
    (["visitor", "other", "self", "compliance", "administrator", "auditor"] as const).map(
      (who) => [name, who] as const,
    ),
  );
  it.each(cases)("of %s is the same by route and by query, for %s", async (name, who) => {
    const person = persons[who];
    if (person.token) await steppedUp(person);
    const question = questions[name] as Question;
    const { rows } = await people.database.pool.query("select address from app.member_wallets where member_id = $1", [
      persons.self.memberId,
    ]);
    const wanted = truth[name]?.(rows[0].address)[who];
    const [rest, query] = [await byRest(person, question), await byQuery(person, question)];
    expect(rest).toEqual(wanted);
    expect(query ?? undefined).toEqual(wanted);
  });
});

describe("somebody's identity", () => {
  const masked = "query ($id: String!) { member(memberId: $id) { tier identity { masked email } } }";

  it("is shortened for the member and the staff, and nothing to others, whose other fields stay", async () => {
    const id = persons.self.memberId;
    const shortened = { masked: true, email: "s***@example.com" };
    for (const who of ["self", "compliance", "administrator", "auditor"] as const) {
      expect((await ask(persons[who], masked, { id })).data).toMatchObject({ member: { identity: shortened } });
    }
    const { data, errors } = await ask(persons.other, masked, { id });
    expect(data).toEqual({ member: { tier: "BASIC_USER", identity: null } });
    expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [["member", "identity"], "FORBIDDEN"],
    ]);
  });

  it("is told in full after a second factor alone, and to the staff for a reason that the trail keeps", async () => {
    const [{ compliance }, id] = [persons, persons.self.memberId];
    await people.database.pool.query("update app.sessions set stepped_up_at = null");
    const full =
      "query ($id: String!) { member(memberId: $id) { identity(full: true, reason: INVESTIGATION) { email } } }";
    expect((await ask(compliance, full, { id })).errors?.[0]?.extensions.code).toBe("STEP_UP_REQUIRED");
    await steppedUp(compliance);
    const unexplained = full.replace(", reason: INVESTIGATION", "");
    expect((await ask(compliance, unexplained, { id })).errors?.[0]?.extensions.code).toBe("REASON_MISSING");
    expect((await ask(compliance, full, { id })).data).toEqual({ member: { identity: { email } } });
    const { rows } = await people.database.pool.query(
      "select actor_id, subject_id, detail from app.audit_entries where action = 'identity.reveal' order by id desc limit 1",
    );
    expect(rows[0]).toMatchObject({
      actor_id: compliance.memberId,
      subject_id: id,
      detail: { reason: "INVESTIGATION", own: false },
    });
  });
});

describe("a member", () => {
  it("that nobody knows and one that was erased look alike", async () => {
    const gone = await signedIn();
    await people.database.pool.query("update app.members set erased_at = now() where id = $1", [gone.memberId]);
    const answers = await Promise.all(
      [gone.memberId, randomUUID()].map(async (id) => {
        const response = await get(persons.other, `/api/v1/members/${id}`);
        const { traceId: _, ...body } = (await response.json()) as Record<string, unknown>;
        return [response.status, body];
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]).toBe(404);
  });

  it("that the chain does not know yet is pending, and owns nothing", async () => {
    const { memberId } = persons.other;
    const response = await get(
      persons.other,
      `/api/v1/members/${memberId}?include_staking=true&include_validator=true&include_governance=true`,
    );
    expect(await response.json()).toMatchObject({
      ...{ memberNo: null, memberId: null, status: "PENDING", tier: "BASIC_USER", totalStake: "0", validator: null },
      ...{ stakingPositions: { nodes: [] }, governance: { votes: "0", ballotCount: 0 } },
    });
  });

  it("is not searched by what the search does not know, nor by another's hidden fields", async () => {
    for (const filter of [{ phone: "1" }, { legal_name: "K" }, { amlScore: 1 }, { __proto__x: 1 }]) {
      const response = await get(persons.compliance, "/api/v1/members/search", { filter });
      expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([422, "INPUT_INVALID"]);
    }
  });
});

describe("a token", () => {
  it("that has ended is told so by query, too, and is never taken for a visitor", async () => {
    const person = await signedIn();
    await people.database.pool.query(
      "update app.sessions set revoked_at = now(), revoked_because = 'ended_by_member' where member_id = $1",
      [person.memberId],
    );
    const { data, errors } = await ask(person, "{ networkStats { memberCount } }");
    expect([data ?? null, errors?.[0]?.extensions.code]).toEqual([null, "SESSION_ENDED"]);
  });
});
