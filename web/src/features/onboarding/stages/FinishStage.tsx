import { Link } from "@tanstack/react-router";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Button, buttonLook } from "../../../shared/ui/Button.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { type StageProps, useStep } from "../registration.ts";
import { StepProblem } from "../StepProblem.tsx";
import { NodeCheck } from "./NodeCheck.tsx";

/** The last steps: setting a validator up, handing in, waiting, and being in. */
export function FinishStage({ registration, memberId }: StageProps) {
  const t = useT();
  const step = useStep(memberId);
  const { id, state, open, queuePosition } = registration;
  const take = (name: string) => step.mutate({ path: `/api/v1/registrations/${id}/${name}`, body: {} });
  if (state === "APPROVED") {
    return (
      <>
        <Notice tone="success" title={t("onboarding.approved")} />
        <Link to="/stake" className={`${buttonLook("primary")} mt-3`}>
          {t("onboarding.toStake")}
        </Link>
      </>
    );
  }
  if (state === "PENDING_APPROVAL") {
    return (
      <>
        <Notice title={t("onboarding.waiting")}>{t("onboarding.position", { position: queuePosition ?? 1 })}</Notice>
        <NodeCheck registration={registration} memberId={memberId} />
      </>
    );
  }
  return (
    <>
      {state === "VALIDATOR_SETUP" && (
        <>
          <p className="mb-3">
            {t("onboarding.setupLead")} <Link to="/operator">{t("onboarding.toDesk")}</Link>
          </p>
          <NodeCheck registration={registration} memberId={memberId} />
        </>
      )}
      <StepProblem error={step.error} />
      <div className="mt-2 flex flex-wrap gap-2">
        {open.includes("setup") && (
          <Button kind="primary" busy={step.isPending} onClick={() => take("setup")}>
            {t("onboarding.setup")}
          </Button>
        )}
        {open.includes("submit") && (
          <Button kind="primary" busy={step.isPending} data-testid="onboarding-submit" onClick={() => take("submit")}>
            {t("onboarding.submit")}
          </Button>
        )}
      </div>
    </>
  );
}
