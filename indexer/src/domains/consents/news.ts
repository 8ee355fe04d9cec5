import { randomUUID } from "node:crypto";
import { system } from "../../platform/access/actor.ts";
import { permit } from "../../platform/access/decide.ts";
import type { MemberActor } from "../../platform/access/door.ts";
import { transaction } from "../../platform/db/pool.ts";
import type { Kit } from "../../platform/domain.ts";
import { CodedError } from "../../platform/errors.ts";
import { Problem } from "../../platform/http/problem.ts";
import type { JobData } from "../../platform/jobs.ts";
import { mailTemplate } from "../../platform/mail/templates.ts";
import { readPersonal } from "../identity/service/personal.ts";
import { agreeing, insertNews, type NewsWords, newsOf, noteMail } from "./repository.ts";
import { purposes, sendNews } from "./rules.ts";
import { mayProcess } from "./service.ts";

export const NEWS_MAILS = "consents-news";
const BATCH = 200;
const FIRST = "00000000-0000-0000-0000-000000000000";

const newsMail = mailTemplate(["title", "text", "page"], {
  ko: {
    subject: "{{ title }}",
    body: [
      "{{ text }}",
      "소식 받기에 동의하여 보내는 메일입니다. 동의는 여기에서 언제든지 철회할 수 있습니다: {{ page }}",
    ],
  },
  en: {
    subject: "{{ title }}",
    body: ["{{ text }}", "You get this because you agreed to get news. Take it back here at any time: {{ page }}"],
  },
});

/** Has news mailed to whoever agrees to get some. @throws {Problem} 503 MAIL_OFF */
export async function announce(kit: Kit, actor: MemberActor, words: NewsWords, requestId: string): Promise<string> {
  const at = kit.clock();
  permit(actor, sendNews, at);
  if (!kit.mailer) throw new Problem(503, "MAIL_OFF", "no mails are sent here; set SMTP_URL and MAIL_FROM");
  const id = randomUUID();
  await transaction(kit.pool, async (sql) => {
    await insertNews(sql, { id, words, by: actor.memberId, at });
    await kit.jobs.send(sql, NEWS_MAILS, { newsId: id });
    await kit.audit.append(sql, actor, { action: sendNews.name, requestId, detail: { newsId: id } }, at);
  });
  return id;
}

async function mail(kit: Kit, newsId: string, words: NewsWords, to: { memberId: string; language: "ko" | "en" }) {
  const { memberId, language } = to;
  const { email } = await readPersonal(kit.pool, kit, memberId, ["email"]);
  // Asked again for each: it may have been taken back since the job began.
  if (!email || !kit.mailer || !(await mayProcess(kit.pool, memberId, "news"))) return;
  // Noted first: after a crash somebody may miss one, and nobody gets two.
  if (!(await noteMail(kit.pool, memberId, newsId, kit.clock()))) return;
  const page = `${kit.origins[0] ?? ""}/settings/privacy`;
  await kit.mailer.send({ to: email, ...newsMail(language, { ...words[language], page }) });
}

/** Mails news to whoever agrees at the moment it is sent, each once, however often the job is given. */
export async function mailNews({ newsId }: JobData, kit: Kit): Promise<void> {
  const words = typeof newsId === "string" ? await newsOf(kit.pool, newsId) : undefined;
  if (typeof newsId !== "string" || !words) return;
  if (!kit.mailer) throw new CodedError("MAIL_OFF", "set SMTP_URL and MAIL_FROM: news wait to be sent");
  const act = { action: "news.mail", detail: { newsId } };
  await kit.audit.append(kit.pool, system, act, kit.clock());
  let after = FIRST;
  for (;;) {
    const some = await agreeing(kit.pool, "news", purposes.news.version, after, BATCH);
    for (const to of some) await mail(kit, newsId, words, to);
    if (some.length < BATCH) return;
    after = some.at(-1)?.memberId ?? after;
  }
}
