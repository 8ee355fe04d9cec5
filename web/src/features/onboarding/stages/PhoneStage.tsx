import { useState } from "react";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { type StageProps, useStep } from "../registration.ts";
import { StepProblem } from "../StepProblem.tsx";
import { CodeForm } from "./CodeForm.tsx";

/** Proves a telephone, for who wants to; it can be left out. */
export function PhoneStage({ registration, memberId }: StageProps) {
  const t = useT();
  const give = useStep(memberId);
  const skip = useStep(memberId);
  const [phone, setPhone] = useState("");
  const base = `/api/v1/registrations/${registration.id}`;
  const isAsked = registration.open.includes("phone");
  return (
    <>
      <p className="mb-3 text-success" data-testid="email-proven">
        {t("onboarding.emailProven")}
      </p>
      {registration.code?.kind === "phone" && <CodeForm registration={registration} memberId={memberId} />}
      {isAsked && registration.code === null && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const body = { phone: phone.replace(/[\s()-]/g, "") };
            if (!give.isPending) give.mutate({ path: `${base}/phone`, body });
          }}
        >
          <Field label={t("onboarding.phone")} hint={t("onboarding.phoneHint")}>
            {(ids) => (
              <input
                {...ids}
                type="tel"
                required
                autoComplete="tel"
                placeholder="+82 10 1234 5678"
                value={phone}
                onChange={(event) => setPhone(event.target.value)}
                className={inputLook}
              />
            )}
          </Field>
          <StepProblem error={give.error} />
          <Button type="submit" busy={give.isPending} className="mt-2">
            {t("onboarding.sendCode")}
          </Button>
        </form>
      )}
      <StepProblem error={skip.error} />
      <Button
        kind={isAsked ? "quiet" : "primary"}
        className="mt-3"
        busy={skip.isPending}
        data-testid="onboarding-skip-phone"
        onClick={() => skip.mutate({ path: `${base}/skip-phone`, body: {} })}
      >
        {t(isAsked ? "onboarding.skipPhone" : "onboarding.goOn")}
      </Button>
    </>
  );
}
