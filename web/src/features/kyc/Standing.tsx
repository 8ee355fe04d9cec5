import { formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import type { Key } from "../../shared/i18n/ko.ts";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { type Step, Steps } from "../../shared/ui/values/Steps.tsx";
import type { OwnCase } from "./queries.ts";

const order = ["pending", "review", "approved"] as const;

function stepsOf(own: OwnCase, t: (key: Key) => string): Step[] {
  const now = own.isAttested ? 3 : order.indexOf(own.state as "pending");
  return [...order, "attested" as const].map((name, index) => ({
    name: t(`verify.step.${name}`),
    state: index < now || own.isAttested ? "done" : index === now ? "now" : "coming",
  }));
}

/** Where the case is, and what those who looked at it have to say to the member. */
export function Standing({ own }: { own: OwnCase }) {
  const t = useT();
  const locale = useLocale();
  const isOver = own.state === "rejected" || own.state === "revoked" || own.state === "expired";
  const after = own.reapplyAfter && Date.parse(own.reapplyAfter) > Date.now() ? own.reapplyAfter : undefined;
  return (
    <Panel title={t("verify.standing")} data-testid="standing">
      {isOver ? (
        <Notice tone="danger" title={t(`verify.over.${own.state as "rejected"}`)}>
          {own.reason && <p data-testid="reason">{t(`reason.${own.reason}` as Key)}</p>}
          {own.comments.map(({ at, text }) => (
            <p key={at} className="whitespace-pre-wrap">
              {text}
            </p>
          ))}
          {after && <p>{t("verify.again", { at: formatTime(Date.parse(after) / 1_000, locale) })}</p>}
        </Notice>
      ) : (
        <Steps steps={stepsOf(own, t)} />
      )}
      {own.isRetry && (
        <Notice tone="warning" title={t("verify.retry")}>
          {t("verify.retryReason")}
        </Notice>
      )}
      {own.state === "review" && <p className="mt-3 text-sm text-muted">{t("verify.mayClose")}</p>}
      {own.sessionUrl && (
        <a href={own.sessionUrl} target="_blank" rel="noreferrer" className={buttonLook("primary")}>
          {t("verify.goOn")}
        </a>
      )}
    </Panel>
  );
}
