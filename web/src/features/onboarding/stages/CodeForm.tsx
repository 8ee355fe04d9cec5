import { useEffect, useState } from "react";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { wordDuration } from "../../../shared/ui/values/duration.ts";
import { type StageProps, useStep } from "../registration.ts";
import { StepProblem } from "../StepProblem.tsx";
import { secondsTo, tidyCode } from "../stages.ts";

/** The computer's clock, ticking: a code's time is measured in minutes, and the server decides. */
function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Asks for the code that was sent; it can be pasted, and another one sent after half a minute. */
export function CodeForm({ registration, memberId }: StageProps) {
  const t = useT();
  const now = useNow();
  const { id, code } = registration;
  const [written, setWritten] = useState("");
  const verify = useStep(memberId);
  const resend = useStep(memberId);
  if (!code) return null;
  const [left, wait] = [secondsTo(code.expiresAt, now), secondsTo(code.resendAt, now)];
  const isOver = left === 0 || code.attemptsLeft === 0;
  const path =
    code.kind === "email" ? `/api/v1/members/${memberId}/verify-email` : `/api/v1/registrations/${id}/verify-phone`;
  const state = isOver
    ? t("onboarding.codeOver")
    : t("onboarding.codeState", { attempts: code.attemptsLeft, time: wordDuration(left, t) });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!verify.isPending) verify.mutate({ path, body: { code: written } });
      }}
    >
      <p className="mb-3">{t(code.kind === "email" ? "onboarding.codeSentMail" : "onboarding.codeSentPhone")}</p>
      <Field label={t("onboarding.code")} hint={<span data-testid="code-state">{state}</span>}>
        {(ids) => (
          <input
            {...ids}
            required
            autoComplete="one-time-code"
            autoCapitalize="characters"
            inputMode="text"
            spellCheck={false}
            data-testid="onboarding-code"
            value={written}
            onChange={(event) => setWritten(tidyCode(event.target.value))}
            className={`${inputLook} font-mono text-xl tracking-widest`}
          />
        )}
      </Field>
      <StepProblem error={verify.error ?? resend.error} />
      <div className="mt-2 flex flex-wrap gap-2">
        <Button type="submit" kind="primary" busy={verify.isPending} data-testid="onboarding-verify">
          {t("onboarding.verify")}
        </Button>
        <Button
          busy={resend.isPending}
          aria-disabled={wait > 0}
          data-testid="onboarding-resend"
          onClick={() => {
            if (wait > 0) return;
            setWritten("");
            verify.reset();
            resend.mutate({ path: `/api/v1/registrations/${id}/resend`, body: {} });
          }}
        >
          {wait > 0 ? t("onboarding.resendIn", { seconds: wait }) : t("onboarding.resend")}
        </Button>
      </div>
    </form>
  );
}
