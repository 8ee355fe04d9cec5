import { randomUUID } from "node:crypto";
import type { PrivateKeyAccount } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { type CaughtMail, type MailSink, startMailSink } from "../../../scripts/local/demo/mail-sink.ts";
import { agreementTo } from "../../src/domains/consents/domain.ts";
import { until } from "../harness/until.ts";
import type { TestBrowser } from "./browser.ts";
import { startPeople, type Wanted } from "./people.ts";

/** What an answer of the registration says of itself. */
export interface Standing {
  id: string;
  state: string;
  open: string[];
  tier: string;
  code: { kind: string; attemptsLeft: number; expiresAt: string; resendAt: string } | null;
  kycLevel: number;
  stake: { standing: string; asked: string | null; held: string; block: number | null } | null;
  queuePosition: number | null;
}

const mailSettings = (sink: MailSink) => ({
  SMTP_URL: sink.smtpUrl,
  MAIL_FROM: "members@tburn.test",
  PHONE_CODES: "sandbox",
});

type Purpose = Parameters<typeof agreementTo>[0];

/** What whoever registers agrees to, by the words in force. */
export const agreed = (language: "ko" | "en" = "en", ...wanted: Purpose[]) =>
  (wanted.length > 0 ? wanted : (["terms", "personal_data"] as const)).map((one) => agreementTo(one, language));

/** People who come in, with a mail server that keeps what it gets. */
export async function startApplicants({ worker = true, settings = {} }: Pick<Wanted, "worker" | "settings"> = {}) {
  const sink = await startMailSink(0);
  const people = await startPeople({ worker, settings: { ...mailSettings(sink), ...settings } });
  return {
    ...people,
    sink,
    /** Signs somebody in; a stranger unless it is said who. */
    applicant: async (account?: PrivateKeyAccount) => Applicant.at(people.browser(), account),
    stop: async () => {
      await people.stop();
      await sink.stop();
    },
  };
}

export type Applicants = Awaited<ReturnType<typeof startApplicants>>;

/** Somebody who has signed in and registers. */
export class Applicant {
  readonly browser: TestBrowser;
  readonly memberId: string;
  readonly account: PrivateKeyAccount;
  readonly #token: string;

  constructor(browser: TestBrowser, account: PrivateKeyAccount, memberId: string, token: string) {
    this.browser = browser;
    this.account = account;
    this.memberId = memberId;
    this.#token = token;
  }

  static async at(browser: TestBrowser, account = privateKeyToAccount(generatePrivateKey())): Promise<Applicant> {
    const { memberId, accessToken } = await browser.signIn(account);
    return new Applicant(browser, account, memberId, accessToken);
  }

  /** The same person at another server. */
  elsewhere(browser: TestBrowser): Applicant {
    return new Applicant(browser, this.account, this.memberId, this.#token);
  }

  post(path: string, body?: object, headers: Record<string, string> = { "idempotency-key": randomUUID() }) {
    return this.browser.send("POST", path, body, { authorization: `Bearer ${this.#token}`, ...headers });
  }

  get(path: string) {
    return this.browser.as(this.#token, "GET", path);
  }

  put(path: string, body: object) {
    return this.browser.send("PUT", path, body, { authorization: `Bearer ${this.#token}` });
  }

  register(email: string, tier = "BASIC_USER", key: string = randomUUID()): Promise<Response> {
    const body = { email, tier, language: "en", consents: agreed() };
    return this.post("/api/v1/members/register", body, { "idempotency-key": key });
  }

  verify(code: string, key: string = randomUUID()): Promise<Response> {
    return this.post(`/api/v1/members/${this.memberId}/verify-email`, { code }, { "idempotency-key": key });
  }

  async step(name: string, body?: object): Promise<Response> {
    const { id } = await this.standing();
    return this.post(`/api/v1/registrations/${id}/${name}`, body);
  }

  async standing(): Promise<Standing> {
    const response = await this.browser.as(this.#token, "GET", "/api/v1/registrations/current");
    return ((await response.json()) as { registration: Standing }).registration;
  }
}

export const addressOf = (name: string) => `${name}-${randomUUID().slice(0, 8)}@example.com`;

/** Mails to an address so far, the newest first. */
export const mailsTo = (sink: MailSink, to: string): CaughtMail[] => sink.mails().filter((mail) => mail.to === to);

/** The mail number `count` to an address, waited for. */
export const mailTo = (sink: MailSink, to: string, count = 1): Promise<CaughtMail> =>
  until(`mail ${count} to an address`, () => (mailsTo(sink, to).length >= count ? mailsTo(sink, to)[0] : undefined));

export const codeIn = ({ text }: CaughtMail): string => /^[0-9A-Z]{8}$/m.exec(text)?.[0] ?? "";
