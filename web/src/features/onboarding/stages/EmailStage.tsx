import { useState } from "react";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { type StageProps, useStep } from "../registration.ts";
import { StepProblem } from "../StepProblem.tsx";
import { CodeForm } from "./CodeForm.tsx";
import { EmailField } from "./EmailField.tsx";

/** Proves the address by a code, or gives another address. */
export function EmailStage({ registration, memberId }: StageProps) {
  const t = useT();
  const step = useStep(memberId);
  const [email, setEmail] = useState("");
  const [isOther, setOther] = useState(registration.code === null);
  return (
    <>
      {!isOther && <CodeForm registration={registration} memberId={memberId} />}
      {!isOther && (
        <Button kind="quiet" className="mt-2" onClick={() => setOther(true)}>
          {t("onboarding.otherAddress")}
        </Button>
      )}
      {isOther && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const asked = { path: `/api/v1/registrations/${registration.id}/email`, body: { email } };
            if (!step.isPending) step.mutate(asked, { onSuccess: () => setOther(false) });
          }}
        >
          <EmailField value={email} onChange={setEmail} />
          <StepProblem error={step.error} />
          <Button type="submit" kind="primary" busy={step.isPending} className="mt-2">
            {t("onboarding.sendCode")}
          </Button>
        </form>
      )}
    </>
  );
}
