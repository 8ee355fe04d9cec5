import { blindIndex } from "../../../platform/crypto/blind-index.ts";
import type { Place } from "../../../platform/crypto/envelope.ts";
import { takeFrom } from "../../../platform/db/load/rate-limit.ts";
import type { Kit } from "../../../platform/domain.ts";
import { CodedError } from "../../../platform/errors.ts";
import type { JobData } from "../../../platform/jobs.ts";
import { memberBy } from "../../identity/service/personal.ts";
import { codeMail, takenMail } from "../mails.ts";
import { type Code, type CodeKind, codeFor, markSent } from "../repository/codes.ts";
import { findRegistration, type Registration } from "../repository/registrations.ts";
import { CODE_MS } from "../rules.ts";
import { Secrets } from "./secrets.ts";

export const TAKEN_QUEUE = "registration-taken";
/** Mails to one address in a day, whoever asks for them: nobody's mailbox is filled by us. */
const MAILS_A_DAY = { requests: 10, seconds: 86_400 };

/** Where an address waits until it is proven. */
export const placeOf = ({ memberId, id }: Pick<Registration, "memberId" | "id">, kind: CodeKind): Place => ({
  table: "app.registrations",
  column: kind === "email" ? "sealed_email" : "sealed_phone",
  memberId,
  rowId: id,
});

/** The address that waits to be proven; undefined if none does. */
export async function waitingAddress(
  { seals }: Pick<Kit, "seals">,
  r: Registration,
  kind: CodeKind,
): Promise<string | undefined> {
  const sealed = kind === "email" ? r.sealedEmail : r.sealedPhone;
  return sealed ? seals.open("profile", placeOf(r, kind), sealed) : undefined;
}

const namesOf = ({ memberId, registrationId }: JobData) =>
  typeof memberId === "string" && typeof registrationId === "string" ? { memberId, registrationId } : undefined;

const off = () => new CodedError("MAIL_OFF", "set SMTP_URL and MAIL_FROM: a mail waits to be sent");

/** Sends a mail unless its address has had enough of them today. */
async function mailTo(kit: Kit, to: string, mail: { subject: string; text: string; html: string }): Promise<void> {
  if (!kit.mailer) throw off();
  const { hmac } = await blindIndex(kit.keys, "email", to);
  const rest = await takeFrom(kit.pool, kit.clock, `mails|${hmac.toString("base64url")}`, MAILS_A_DAY);
  if (rest > 0) return kit.log.info("an address has had its mails of today");
  await kit.mailer.send({ to, ...mail });
}

async function sendByMail(kit: Kit, r: Registration, code: Code): Promise<void> {
  const address = await waitingAddress(kit, r, "email");
  if (address === undefined) return;
  const site = kit.origins[0] ?? "";
  const owner = await memberBy(kit.pool, kit, "email", address);
  // Who asked learns nothing of this; who owns the address learns of the attempt.
  if (owner !== undefined && owner !== r.memberId) return mailTo(kit, address, takenMail(r.language, { site }));
  const minutes = String(CODE_MS / 60_000);
  const text = new Secrets(kit.tokenSeed).codeOf(code);
  await mailTo(kit, address, codeMail(r.language, { code: text, minutes, site }));
}

async function sendByPhone(kit: Kit, r: Registration, code: Code): Promise<void> {
  const phone = await waitingAddress(kit, r, "phone");
  if (phone === undefined) return;
  if (!kit.phones) throw new CodedError("PHONE_OFF", "set PHONE_CODES: a code waits to be sent");
  await kit.phones.send(phone, new Secrets(kit.tokenSeed).codeOf(code), r.language);
}

/** Sends a code that is still the one to send. Done twice it sends once, but for a stop between sending and marking. */
export async function sendCode(data: JobData, kit: Kit): Promise<void> {
  const names = namesOf(data);
  const kind = data.kind === "phone" ? "phone" : "email";
  const r = names && (await findRegistration(kit.pool, names.memberId, names.registrationId));
  const code = r && (await codeFor(kit.pool, r.memberId, r.id, kind));
  if (!r || !code || code.id !== data.codeId || code.sentAt || code.spentAt || code.expiresAt <= kit.clock()) return;
  await (kind === "email" ? sendByMail : sendByPhone)(kit, r, code);
  await markSent(kit.pool, code, kit.clock());
}

/** Tells the owner of an address that somebody else proved to read its mails, and did not get it. */
export async function sendTaken(data: JobData, kit: Kit): Promise<void> {
  const names = namesOf(data);
  const r = names && (await findRegistration(kit.pool, names.memberId, names.registrationId));
  const address = r && (await waitingAddress(kit, r, "email"));
  if (r && address !== undefined) await mailTo(kit, address, takenMail(r.language, { site: kit.origins[0] ?? "" }));
}
