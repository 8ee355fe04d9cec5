import { type Translate, useT } from "../../shared/i18n/i18n.ts";
import { Refused } from "../../shared/session/session.ts";
import { Notice } from "../../shared/ui/states/Notice.tsx";

function wordsOf(error: Error, t: Translate): string {
  if (!(error instanceof Refused)) return t("onboarding.refused", { reason: error.message });
  if (error.code === "OFFLINE") return t("security.offline");
  if (error.code === "SESSION_ENDED") return t("security.ended");
  if (error.code === "CODE_WRONG") return t("onboarding.codeWrong");
  if (error.code === "CODE_OVER") return t("onboarding.codeOver");
  if (error.code === "CONSENT_REQUIRED") return t("refused.CONSENT_REQUIRED");
  if (error.code === "CONSENT_TEXT_CHANGED") return t("refused.CONSENT_TEXT_CHANGED");
  if (error.code === "MAIL_OFF") return t("onboarding.mailOff");
  if (error.code === "VALIDATOR_NOT_REGISTERED") return t("onboarding.noValidator");
  if (error.code === "NODE_ADDRESS_REFUSED") return t("refused.NODE_ADDRESS_REFUSED");
  if (error.wait !== undefined) return t("security.patience", { seconds: error.wait });
  const reasons = error.fields.map(({ message }) => message);
  return t("onboarding.refused", { reason: [error.message, ...reasons].join(" · ") });
}

/** Why a step was refused, in words. The region is there before, so that it is read out. */
export function StepProblem({ error }: { error: Error | null }) {
  const t = useT();
  return <div role="alert">{error && <Notice tone="danger">{wordsOf(error, t)}</Notice>}</div>;
}
