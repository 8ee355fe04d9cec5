import type { Language, Mailer } from "./mailer.ts";
import { mailTemplate } from "./templates.ts";

/** Brings a code to a telephone. */
export interface PhoneCodes {
  /** @param phone E.164. Rejects if it could not be handed over. */
  send(phone: string, code: string, language: Language): Promise<void>;
}

const words = mailTemplate(["phone", "code"], {
  ko: { subject: "[모의 문자] {{ phone }}", body: ["TBURN Members 인증 코드: {{ code }}"] },
  en: { subject: "[simulated text message] {{ phone }}", body: ["TBURN Members code: {{ code }}"] },
});

/**
 * SIMULATED: no telephone rings. The text goes as a mail to an address below `.invalid`, which no mail server of the
 * world delivers (RFC 2606); where mails are caught, as in development, it is seen there.
 */
export class SandboxPhone implements PhoneCodes {
  readonly #mailer: Mailer;

  constructor(mailer: Mailer) {
    this.#mailer = mailer;
  }

  send(phone: string, code: string, language: Language): Promise<void> {
    const to = `${phone.replace(/\D/g, "")}@sandbox-phone.invalid`;
    return this.#mailer.send({ to, ...words(language, { phone, code }) });
  }
}
