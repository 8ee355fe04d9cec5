import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { until } from "../harness/until.ts";
import { type Applicant, type Applicants, addressOf, codeIn, mailsTo, mailTo, startApplicants } from "./applicant.ts";
import { refusal } from "./browser.ts";

let here: Applicants;
beforeAll(async () => {
  here = await startApplicants();
});
afterAll(() => here?.stop());
beforeEach(() => here.forgetVisits());

interface Consent {
  purpose: string;
  isRequired: boolean;
  isGiven: boolean;
  texts: Record<"ko" | "en", { text: string; hash: string }>;
}
interface Standing {
  consents: Consent[];
  history: { purpose: string; given: boolean; textHash: string; language: string }[];
}

const pathOf = ({ memberId }: Applicant) => `/api/v1/members/${memberId}/consents`;
const listed = async (one: Applicant) => (await (await one.get(pathOf(one))).json()) as Standing;
const of = ({ consents }: Standing, purpose: string) => consents.find((one) => one.purpose === purpose) as Consent;
async function say(one: Applicant, purpose: string, given: boolean, language: "ko" | "en" = "en") {
  const textHash = of(await listed(one), purpose).texts[language].hash;
  return one.put(pathOf(one), { purpose, given, textHash });
}

describe("a consent", () => {
  it("is asked in both languages by words whose hash anybody can compute", async () => {
    const { consents, history } = await listed(await here.applicant());
    expect(consents.map(({ purpose, isRequired, isGiven }) => [purpose, isRequired, isGiven])).toEqual([
      ["terms", true, false],
      ["personal_data", true, false],
      ["news", false, false],
    ]);
    for (const { texts } of consents) {
      for (const { text, hash } of Object.values(texts)) {
        expect(createHash("sha256").update(text).digest("hex")).toBe(hash);
      }
      expect(texts.ko.text).toMatch(/[가-힣]/);
    }
    expect(history).toEqual([]);
  });

  it("is given and taken back in one way, and both stay in the history", async () => {
    const one = await here.applicant();
    expect((await say(one, "news", true, "ko")).status).toBe(200);
    expect((await say(one, "news", false)).status).toBe(200);
    const { history, consents } = await listed(one);
    expect(history.map(({ given, language }) => [given, language])).toEqual([
      [true, "ko"],
      [false, "en"],
    ]);
    expect(consents.map(({ isGiven }) => isGiven)).toEqual([false, false, false]);
  });

  it("that stands already is not written twice, however many say it at once", async () => {
    const one = await here.applicant();
    await Promise.all(Array.from({ length: 5 }, () => say(one, "news", true)));
    expect((await listed(one)).history).toHaveLength(1);
  });

  it("names the words that were shown: others are refused", async () => {
    const one = await here.applicant();
    const changed = one.put(pathOf(one), { purpose: "news", given: true, textHash: "0".repeat(64) });
    expect(await refusal(await changed)).toEqual([409, "CONSENT_TEXT_CHANGED"]);
  });

  it("on which membership rests is not taken back alone", async () => {
    const one = await here.applicant();
    expect((await say(one, "terms", true)).status).toBe(200);
    expect(await refusal(await say(one, "terms", false))).toEqual([409, "CONSENT_REQUIRED"]);
  });

  it("is nobody else's to see or to give", async () => {
    const [one, other] = [await here.applicant(), await here.applicant()];
    expect(await refusal(await other.get(pathOf(one)))).toEqual([404, "MEMBER_NOT_FOUND"]);
    const word = { purpose: "news", given: true, textHash: "0".repeat(64) };
    expect(await refusal(await other.put(pathOf(one), word))).toEqual([404, "MEMBER_NOT_FOUND"]);
  });

  it("is neither changed nor removed by the role that serves", async () => {
    const { rows } = await here.database.pool.query<{ privilege_type: string }>(
      "select privilege_type from information_schema.role_table_grants where grantee = 'tburn_app' and table_name = 'consents'",
    );
    expect(rows.map(({ privilege_type }) => privilege_type).toSorted()).toEqual(["INSERT", "SELECT"]);
  });
});

describe("news", () => {
  const words = (title: string) => {
    const both = { title, text: "Epochs are shorter from Monday on. <b>No</b> markup." };
    return { ko: { ...both, title: `${title} 소식` }, en: both };
  };
  async function proven() {
    const [one, email] = [await here.applicant(), addressOf("news")];
    await one.register(email);
    await one.verify(codeIn(await mailTo(here.sink, email)));
    return { one, email };
  }
  async function administrator() {
    const one = await here.applicant();
    await here.appoint(one.memberId, "administrator");
    await here.database.pool.query("update app.sessions set stepped_up_at = now() where member_id = $1", [
      one.memberId,
    ]);
    return one;
  }
  const allMails = async (newsId: string) => {
    const ended = `select 1 from boss.job where name = 'consents-news' and state = 'completed' and data->>'newsId' = $1`;
    await until("the job's end", async () => (await here.database.pool.query(ended, [newsId])).rowCount === 1);
  };

  it("go to those who agree, in their language, and to nobody who has taken it back", async () => {
    const [korean, english, gone, silent] = [await proven(), await proven(), await proven(), await proven()];
    await say(korean.one, "news", true, "ko");
    await say(english.one, "news", true, "en");
    await say(gone.one, "news", true);
    await say(gone.one, "news", false);
    const sent = await (await administrator()).post("/api/v1/admin/news", words("Shorter epochs"));
    expect(sent.status).toBe(202);
    await allMails(((await sent.json()) as { id: string }).id);
    const newest = ({ email }: { email: string }) => mailsTo(here.sink, email)[0]?.subject;
    expect([newest(korean), newest(english)]).toEqual(["Shorter epochs 소식", "Shorter epochs"]);
    expect(mailsTo(here.sink, english.email)[0]?.text).toContain("/settings/privacy");
    expect([gone, silent].map(({ email }) => mailsTo(here.sink, email).length)).toEqual([1, 1]);
  });

  it("are sent by administrators alone, who have just proved to be there", async () => {
    const body = words("Nothing");
    expect(await refusal(await (await here.applicant()).post("/api/v1/admin/news", body))).toEqual([403, "FORBIDDEN"]);
    const tired = await here.applicant();
    await here.appoint(tired.memberId, "administrator");
    expect(await refusal(await tired.post("/api/v1/admin/news", body))).toEqual([401, "STEP_UP_REQUIRED"]);
  });
});
