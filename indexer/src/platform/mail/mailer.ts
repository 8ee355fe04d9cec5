import { createTransport } from "nodemailer";

export type Language = "ko" | "en";

/** A mail to one person, as text and as HTML. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** Hands mails over to a mail server. */
export interface Mailer {
  /** Rejects if the server does not take it. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

const TIMEOUT_MS = 15_000;

/**
 * Sends by SMTP.
 * @param url `smtp://` (with STARTTLS where the server offers it) or `smtps://`, with name and password if it asks for them.
 * @param from Whom mails come from.
 */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport(
    {
      url,
      pool: true,
      maxConnections: 2,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      // A message is made of what we hand over, never of files or of answers to requests.
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  return {
    send: async ({ to, subject, text, html }) => {
      // An address as an object is taken as it is; as text it would be parsed, and could name several people.
      await transport.sendMail({ to: { name: "", address: to }, subject, text, html });
    },
    close: () => transport.close(),
  };
}
