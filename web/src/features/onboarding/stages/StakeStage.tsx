import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { formatAmount, parseAmount, writtenAmount } from "../../../shared/format/amount.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Button, buttonLook } from "../../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { type StageProps, useStep } from "../registration.ts";
import { StepProblem } from "../StepProblem.tsx";

function Intent({ registration, memberId }: StageProps) {
  const t = useT();
  const step = useStep(memberId);
  const least = BigInt(registration.stake?.least ?? "0");
  const [written, setWritten] = useState(writtenAmount(least));
  const parsed = parseAmount(written);
  const isLittle = parsed.ok && parsed.value < least;
  const error = isLittle ? t("onboarding.stakeLittle", { least: formatAmount(least) }) : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!parsed.ok || isLittle || step.isPending) return;
        const path = `/api/v1/registrations/${registration.id}/stake-intent`;
        step.mutate({ path, body: { amount: String(parsed.value) } });
      }}
    >
      <Field label={t("onboarding.stakeAmount")} hint={t("onboarding.stakeHint")} {...(error ? { error } : {})}>
        {(ids) => (
          <input
            {...ids}
            required
            inputMode="decimal"
            autoComplete="off"
            value={written}
            onChange={(event) => setWritten(event.target.value)}
            className={`${inputLook} num`}
          />
        )}
      </Field>
      <StepProblem error={step.error} />
      <Button type="submit" kind="primary" busy={step.isPending} className="mt-2">
        {t("onboarding.stakeDecide")}
      </Button>
    </form>
  );
}

/** How much will be staked, and whether it is there by now. */
export function StakeStage({ registration, memberId }: StageProps) {
  const t = useT();
  const { state, stake, tier } = registration;
  if (state === "KYC_APPROVED") return <Intent registration={registration} memberId={memberId} />;
  const isDelegator = tier === "DELEGATED_STAKER";
  const asked = formatAmount(BigInt(stake?.asked ?? "0"));
  return (
    <>
      <p className="mb-3">{t("onboarding.stakeAsked", { amount: asked })}</p>
      <Notice tone={stake?.standing === "seen" ? "success" : "info"}>
        {t(stake?.standing === "seen" ? "onboarding.stakeSeen" : "onboarding.stakeMissing")}
      </Notice>
      <Link to={isDelegator ? "/validators" : "/operator/register"} className={`${buttonLook("primary")} mt-3`}>
        {t(isDelegator ? "onboarding.toValidators" : "onboarding.toOperator")}
      </Link>
    </>
  );
}
