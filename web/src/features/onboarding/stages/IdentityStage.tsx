import { Link } from "@tanstack/react-router";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Button, buttonLook } from "../../../shared/ui/Button.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { type StageProps, useStep } from "../registration.ts";
import { StepProblem } from "../StepProblem.tsx";

/** The identity check: where it stands, and where it is done. */
export function IdentityStage({ registration, memberId }: StageProps) {
  const t = useT();
  const locale = useLocale();
  const step = useStep(memberId);
  const { state, kycNeeded, reapplyAfter, id } = registration;
  if (state === "KYC_REVIEW") return <Notice title={t("onboarding.inReview")}>{t("onboarding.inReviewLead")}</Notice>;
  if (state === "KYC_REJECTED") {
    const words = reapplyAfter
      ? t("onboarding.reapplyFrom", { time: formatTime(Date.parse(reapplyAfter) / 1_000, locale) })
      : t("onboarding.rejectedFinal");
    return (
      <>
        <Notice tone="danger" title={t("onboarding.kycRejected")}>
          {words}
        </Notice>
        <StepProblem error={step.error} />
        {reapplyAfter && (
          <Button
            className="mt-3"
            busy={step.isPending}
            onClick={() => step.mutate({ path: `/api/v1/registrations/${id}/reapply`, body: {} })}
          >
            {t("onboarding.reapply")}
          </Button>
        )}
      </>
    );
  }
  return (
    <>
      <p className="mb-3">{t("onboarding.kycLead", { level: t(`kyc.${kycNeeded}`) })}</p>
      <Link to="/kyc" className={buttonLook("primary")} data-testid="onboarding-kyc">
        {t("onboarding.toKyc")}
      </Link>
    </>
  );
}
