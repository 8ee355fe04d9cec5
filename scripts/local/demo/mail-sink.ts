// A SINK for development: a real SMTP server on loopback that delivers nothing and keeps mails in memory, to be read.
import type { AddressInfo } from "node:net";
import { type AddressObject, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

const MOST_MAILS = 200;
const MOST_BYTES = 1_048_576;

export interface CaughtMail {
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
  receivedAt: string;
}

export interface MailSink {
  /** What SMTP_URL is to be. */
  smtpUrl: string;
  /** The newest first. */
  mails(): CaughtMail[];
  stop(): Promise<void>;
}

const addressesOf = (found: AddressObject | AddressObject[] | undefined): string =>
  [found ?? []]
    .flat()
    .flatMap(({ value }) => value.map(({ address }) => address ?? ""))
    .join(", ");

const escaped = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);

/** Starts the sink. @param port 0 takes any. */
export async function startMailSink(port: number): Promise<MailSink> {
  const caught: CaughtMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: MOST_BYTES,
    onData: (stream, _session, done) => {
      simpleParser(stream)
        .then(({ to, from, subject = "", text = "", html }) => {
          const receivedAt = new Date().toISOString();
          const mail = { subject, text, html: html || "", receivedAt };
          caught.unshift({ to: addressesOf(to), from: addressesOf(from), ...mail });
          caught.length = Math.min(caught.length, MOST_MAILS);
          done();
        })
        .catch((error: Error) => done(error));
    },
  });
  // A client that breaks off is its own affair.
  server.on("error", () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const at = (server.server.address() as AddressInfo).port;
  return {
    smtpUrl: `smtp://127.0.0.1:${at}`,
    mails: () => [...caught],
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Caught mails as a page: texts only, so that nothing in a mail comes to life. */
export function mailsPage(mails: CaughtMail[]): string {
  const list = mails.map(
    ({ to, subject, text, receivedAt }) =>
      `<article><h2>${escaped(subject)}</h2><p>${escaped(to)} · ${receivedAt}</p><pre>${escaped(text)}</pre></article>`,
  );
  const title = "Mails caught on this machine (development only; nothing was delivered)";
  return `<!doctype html><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${list.join("") || "<p>none yet</p>"}`;
}
