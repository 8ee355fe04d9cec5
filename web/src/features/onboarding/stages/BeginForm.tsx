import { useState } from "react";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { useConsents } from "../../../shared/session/consents.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { leftOf, useTicks } from "../agreeing/agreed.ts";
import { Boxes } from "../agreeing/Boxes.tsx";
import { dropReferral, keptReferral } from "../referral.ts";
import { useStep } from "../registration.ts";
import { StepProblem } from "../StepProblem.tsx";
import { type Tier, tiers } from "../stages.ts";
import { EmailField } from "./EmailField.tsx";

/** What somebody wants to be, and where a code can reach them. */
export function BeginForm({ memberId }: { memberId: string }) {
  const t = useT();
  const language = useLocale();
  const step = useStep(memberId);
  const [tier, setTier] = useState<Tier>("BASIC_USER");
  const [email, setEmail] = useState("");
  const [code, setCode] = useState(keptReferral);
  const asked = useConsents(memberId);
  const ticks = useTicks();
  const left = leftOf(asked.data ?? [], language);
  function begin() {
    const referralCode = code.trim();
    const consents = left.filter(ticks.has).map(({ purpose, version, hash }) => ({ purpose, version, textHash: hash }));
    const body = { tier, email, language, consents, ...(referralCode !== "" && { referralCode }) };
    step.mutate({ path: "/api/v1/members/register", body }, { onSuccess: dropReferral });
  }
  return (
    <Panel title={t("onboarding.begin")} data-testid="onboarding-begin">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!step.isPending && asked.data) begin();
        }}
      >
        <Field label={t("onboarding.tier")} hint={t(`onboarding.hint.${tier}`)}>
          {(ids) => (
            <select
              {...ids}
              data-testid="onboarding-tier"
              value={tier}
              onChange={(event) => setTier(event.target.value as Tier)}
              className={inputLook}
            >
              {tiers.map((one) => (
                <option key={one} value={one}>
                  {t(`onboarding.tier.${one}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <EmailField value={email} onChange={setEmail} />
        <Field label={t("onboarding.referral")} hint={t("onboarding.referralHint")}>
          {(ids) => (
            <input
              {...ids}
              data-testid="onboarding-referral"
              value={code}
              onChange={(event) => setCode(event.target.value)}
              maxLength={64}
              autoComplete="off"
              className={inputLook}
            />
          )}
        </Field>
        <Boxes left={left} ticks={ticks} />
        <StepProblem error={step.error ?? asked.error} />
        <Button
          type="submit"
          kind="primary"
          busy={step.isPending || asked.isPending}
          className="mt-2"
          data-testid="onboarding-send"
        >
          {t("onboarding.sendCode")}
        </Button>
      </form>
    </Panel>
  );
}
