import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endRecords } from "../../../src/domains/privacy/service.ts";
import { isListed } from "../../../src/domains/screening/service/standing.ts";
import { until } from "../../harness/until.ts";
import { refusal } from "../browser.ts";
import { crowd, invented, type Screening, startScreening } from "./screened.ts";

let s: Screening;
beforeAll(async () => {
  s = await startScreening();
});
afterAll(() => s?.stop());

let made = 0;
/** A name that no other test has, in Latin letters. */
const somebody = () => {
  made++;
  const letters = "bdfgklmnprst";
  const syllable = (i: number) => `${letters[(made * 5 + i * 7) % 12]}${"aeiou"[(made + i * 3) % 5]}`;
  return [0, 1, 2, 3, 4, 5, 6, 7]
    .map(syllable)
    .join("")
    .replace(/^(.{8})/, "$1 ")
    .toUpperCase();
};

type Member = Awaited<ReturnType<Screening["kyc"]["person"]>>;
interface ShownHit {
  id: string;
  caption: string;
  score: number;
  state: string;
  reason: string | null;
  features: { name: string; outcome: string; points: number }[];
}
const shown = (officer: Member, id: string) => officer.must<ShownHit>("GET", `/api/v1/admin/screening-hits/${id}`);
const said = (officer: Member, id: string, outcome: "confirm" | "dismiss") =>
  officer.ask("POST", `/api/v1/admin/screening-hits/${id}/decision`, { outcome, reason: "compared the documents" });
const approvalOf = async (answer: Response) => ((await answer.json()) as { approvalId: string }).approvalId;
const only = async (memberId: string) => {
  const found = await s.hits(memberId);
  expect(found).toHaveLength(1);
  return found[0] as (typeof found)[number];
};
/** Loads a list of invented people. @returns once everybody it concerns was screened again */
const listed = async (people: Parameters<typeof invented>[0], list = "synthetic") => {
  const { versionId } = await s.load(invented(people), list);
  await s.compared(versionId);
  return versionId;
};

describe("a member whose case is handed in", () => {
  it("is screened, with the versions of the lists, a score and what it is made of", async () => {
    const versionId = await listed(crowd(3), "handed-in");
    const { member } = await s.kyc.submitted(somebody());
    await s.screened(member.memberId);
    const [result] = await s.results(member.memberId);
    expect(result).toMatchObject({ why: "submitted", aml_score: 0, is_exposed: false });
    expect(result?.versions).toMatchObject({ "handed-in": versionId });
    expect(await s.hits(member.memberId)).toEqual([]);
  });

  it("that a list names opens a hit that says why", async () => {
    const name = somebody();
    await listed([...crowd(3), { id: "p1", name, birthDate: "1990-04" }], "says-why");
    const { member } = await s.kyc.submitted(name);
    await s.screened(member.memberId);
    const hit = await only(member.memberId);
    const one = await shown(await s.kyc.officer(), hit.id);
    expect(one).toMatchObject({ caption: name, score: 88, state: "open" });
    expect(one.features.map(({ outcome, points }) => [outcome, points])).toEqual([
      ...[["same", 80] as const, ["same_year", 8] as const, ["unknown", 0] as const],
    ]);
    const [result] = await s.results(member.memberId);
    expect(result?.aml_score).toBe(53);
  });

  it("that is politically exposed is told apart, without a hit, and no longer than a list says so", async () => {
    const name = somebody();
    await listed([...crowd(9), { id: "p2", name, topics: ["role.pep"] }], "exposed");
    const { member } = await s.kyc.submitted(name);
    await s.screened(member.memberId);
    expect((await s.results(member.memberId))[0]).toMatchObject({ is_exposed: true, aml_score: 30 });
    expect(await s.hits(member.memberId)).toEqual([]);
    await listed(crowd(9), "exposed");
    expect((await s.results(member.memberId)).at(-1)).toMatchObject({ why: "list", is_exposed: false, aml_score: 0 });
  });
});

describe("a hit", () => {
  it("keeps its case from being approved while it waits, and for good once two officers confirm it", async () => {
    const name = somebody();
    await listed([...crowd(3), { id: "p3", name }], "kept");
    const { member, caseId, documentId } = await s.kyc.submitted(name);
    await s.kyc.answered(caseId, "green");
    await s.screened(member.memberId);
    const hit = await only(member.memberId);
    const [first, second] = [await s.kyc.officer(), await s.kyc.officer()];
    await first.must("PUT", `/api/v1/admin/kyc-cases/${caseId}/lease`);
    const recommend = () =>
      first.ask("POST", `/api/v1/admin/kyc-cases/${caseId}/recommendation`, { outcome: "approve" });
    expect(await refusal(await recommend())).toEqual([409, "SCREENING_OPEN"]);

    const approvalId = await approvalOf(await said(first, hit.id, "confirm"));
    expect(await refusal(await s.kyc.decided(first, approvalId))).toEqual([403, "APPROVAL_SELF"]);
    expect((await only(member.memberId)).state).toBe("proposed");
    expect((await s.kyc.decided(second, approvalId)).status).toBe(200);
    expect((await only(member.memberId)).state).toBe("confirmed");
    expect(await refusal(await recommend())).toEqual([409, "SANCTIONS_HIT"]);
    await s.screened(member.memberId, 2);
    expect((await s.results(member.memberId)).at(-1)).toMatchObject({ why: "decision", aml_score: 100 });
    await s.kyc.opened(second, caseId, documentId);
    const what = { outcome: "reject", reason: "sanctioned" };
    const rejection = await s.kyc.recommended(first, caseId, what);
    expect((await s.kyc.decided(second, rejection)).status).toBe(200);
  });

  it("that was confirmed between recommendation and decision stops the decision", async () => {
    const name = somebody();
    const { member, caseId, documentId } = await s.kyc.submitted(name);
    await s.kyc.answered(caseId, "green");
    await s.screened(member.memberId);
    const [first, second] = [await s.kyc.officer(), await s.kyc.officer()];
    const approvalId = await s.kyc.recommended(first, caseId);
    await s.kyc.opened(second, caseId, documentId);
    await listed([...crowd(3), { id: "p4", name }], "between");
    const hit = await only(member.memberId);
    expect(await refusal(await s.kyc.decided(second, approvalId))).toEqual([409, "SCREENING_OPEN"]);
    const confirmation = await approvalOf(await said(first, hit.id, "confirm"));
    await s.kyc.decided(second, confirmation);
    expect(await refusal(await s.kyc.decided(second, approvalId))).toEqual([409, "SANCTIONS_HIT"]);
    expect((await s.kyc.rowOf(caseId)).state).toBe("recommended");
  });

  it("that an officer dismisses stays so until the list says something else", async () => {
    const name = somebody();
    await listed([...crowd(5), { id: "p5", name }], "dismissed");
    const { member } = await s.kyc.submitted(name);
    await s.screened(member.memberId);
    const officer = await s.kyc.officer();
    expect((await said(officer, (await only(member.memberId)).id, "dismiss")).status).toBe(200);
    await listed([...crowd(6), { id: "p5", name }], "dismissed");
    expect((await only(member.memberId)).state).toBe("dismissed");
    await listed([...crowd(6), { id: "p5", name, birthDate: "1990" }], "dismissed");
    expect((await s.hits(member.memberId)).map(({ state }) => state)).toEqual(["dismissed", "open"]);
  });

  it("lapses when the list names nobody like that any more", async () => {
    const name = somebody();
    await listed([...crowd(5), { id: "p6", name }], "lapses");
    const { member } = await s.kyc.submitted(name);
    await s.screened(member.memberId);
    await listed(crowd(5), "lapses");
    expect((await only(member.memberId)).state).toBe("lapsed");
  });

  it("is nobody's to judge twice, nor the member's own", async () => {
    const name = somebody();
    await listed([...crowd(3), { id: "p7", name }], "twice");
    const { member } = await s.kyc.submitted(name);
    await s.screened(member.memberId);
    const { id } = await only(member.memberId);
    await s.kyc.people.appoint(member.memberId, "compliance");
    expect(await refusal(await said(member, id, "dismiss"))).toEqual([403, "HIT_OWN"]);
    const officers = [await s.kyc.officer(), await s.kyc.officer(), await s.kyc.officer()];
    const answers = await Promise.all(officers.map((officer) => said(officer, id, "dismiss")));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it("goes back to the others when its confirmation is refused", async () => {
    const name = somebody();
    await listed([...crowd(3), { id: "p8", name }], "refused");
    const { member } = await s.kyc.submitted(name);
    await s.screened(member.memberId);
    const { id } = await only(member.memberId);
    const [first, second] = [await s.kyc.officer(), await s.kyc.officer()];
    const approvalId = await approvalOf(await said(first, id, "confirm"));
    await s.kyc.decided(second, approvalId, false);
    expect(await shown(second, id)).toMatchObject({ state: "open", reason: null });
  });
});

describe("a new version of a list", () => {
  it("finds a member that was approved before, and leaves everybody else's results alone", async () => {
    const name = somebody();
    const { member, caseId, documentId } = await s.kyc.submitted(name);
    const { member: other } = await s.kyc.submitted(somebody());
    await s.kyc.answered(caseId, "green");
    await s.screened(member.memberId);
    const [first, second] = [await s.kyc.officer(), await s.kyc.officer()];
    const approvalId = await s.kyc.recommended(first, caseId);
    await s.kyc.opened(second, caseId, documentId);
    expect((await s.kyc.decided(second, approvalId)).status).toBe(200);
    await s.screened(member.memberId, 2);
    await s.screened(other.memberId);
    await listed(crowd(10), "delta");
    expect([await s.results(member.memberId), await s.results(other.memberId)].map(({ length }) => length)).toEqual([
      ...[2, 1],
    ]);
    await listed([...crowd(10), { id: "late", name }], "delta");
    expect((await s.results(member.memberId)).map(({ why }) => why)).toEqual(["submitted", "approved", "list"]);
    expect((await only(member.memberId)).state).toBe("open");
    expect(await s.results(other.memberId)).toHaveLength(1);
  });
});

describe("a wallet on a list", () => {
  it("keeps its owner out at once, whatever its name, until an officer finds it to be somebody else's", async () => {
    const key = generatePrivateKey();
    const member = await s.kyc.person({ key });
    expect(await isListed(s.kit.pool, s.kit, member.memberId)).toBe(false);
    const wallet = privateKeyToAccount(key).address;
    await listed([...crowd(3), { id: "p9", name: "Nobody Alike", wallet }], "wallets");
    expect(await isListed(s.kit.pool, s.kit, member.memberId)).toBe(true);
    const hit = await only(member.memberId);
    expect(hit).toMatchObject({ kind: "wallet", score: 100, state: "open" });
    expect((await s.results(member.memberId)).at(-1)?.aml_score).toBe(100);
    await said(await s.kyc.officer(), hit.id, "dismiss");
    expect(await isListed(s.kit.pool, s.kit, member.memberId)).toBe(false);
  });
});

describe("scores, exposure and hits", () => {
  it("are read by compliance and auditors; only compliance looks for members by them", async () => {
    const name = somebody();
    await listed([...crowd(3), { id: "p10", name }], "reading");
    const { member } = await s.kyc.submitted(name);
    await s.screened(member.memberId);
    const { id } = await only(member.memberId);
    const [officer, auditor] = [await s.kyc.officer(), await s.kyc.person({ roles: ["auditor"] })];
    const path = "/api/v1/admin/screening-hits";
    const own = `/api/v1/admin/members/${member.memberId}/screening`;
    const { hits } = await officer.must<{ hits: { id: string; amlScore: number }[] }>("GET", `${path}?minScore=40`);
    expect(hits.find((one) => one.id === id)?.amlScore).toBe(48);
    expect((await shown(auditor, id)).caption).toBe(name);
    expect(await refusal(await auditor.ask("GET", `${path}?minScore=40`))).toEqual([403, "FORBIDDEN"]);
    expect(await refusal(await auditor.ask("GET", `${path}?pep=true`))).toEqual([403, "FORBIDDEN"]);
    expect(await refusal(await officer.ask("GET", `${path}?minScore=101`))).toEqual([422, "INPUT_INVALID"]);
    expect(await refusal(await said(auditor, id, "dismiss"))).toEqual([403, "FORBIDDEN"]);
    for (const stranger of [member, await s.kyc.person({ roles: ["administrator"] })]) {
      for (const closed of [path, `${path}/${id}`, own]) {
        expect(await refusal(await stranger.ask("GET", closed))).toEqual([403, "FORBIDDEN"]);
      }
    }
    const view = await officer.must<{ result: { factors: { name: string }[] } }>("GET", own);
    expect(view.result.factors).toEqual([{ name: "sanctions_open", points: 48 }]);
  });

  it("outlive their member under a key of their own, which ends on a day of its own", async () => {
    const name = somebody();
    await listed([...crowd(3), { id: "p11", name }], "outlive");
    const { member } = await s.kyc.submitted(name);
    await s.screened(member.memberId);
    const { id } = await only(member.memberId);
    await member.must("POST", `/api/v1/members/${member.memberId}/erasure`);
    await s.kit.pool.query("update app.erasures set due_at = now() where member_id = $1", [member.memberId]);
    await s.kyc.queued("privacy-erasures");
    const auditor = await s.kyc.person({ roles: ["auditor"] });
    const retention = () =>
      s.rows<{ destroyed_at: Date | null }>("select * from app.aml_retention where member_id = $1", member.memberId);
    await until("the erasure", async () => (await retention()).length > 0);
    expect((await shown(auditor, id)).caption).toBe(name);
    expect(await endRecords(s.kit)).toBe(0);
    const sixYears = () => new Date(Date.now() + 6 * 365 * 86_400_000);
    expect(await endRecords({ ...s.kit, clock: sixYears })).toBe(1);
    expect((await retention())[0]?.destroyed_at).not.toBeNull();
  });
});
