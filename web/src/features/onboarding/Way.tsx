import { formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { Steps } from "../../shared/ui/values/Steps.tsx";
import type { StageProps } from "./registration.ts";
import { BeginForm } from "./stages/BeginForm.tsx";
import { EmailStage } from "./stages/EmailStage.tsx";
import { FinishStage } from "./stages/FinishStage.tsx";
import { IdentityStage } from "./stages/IdentityStage.tsx";
import { PhoneStage } from "./stages/PhoneStage.tsx";
import { StakeStage } from "./stages/StakeStage.tsx";
import { progress, type State } from "./stages.ts";

type StageView = (props: StageProps) => React.ReactNode;

const views: Partial<Record<State, StageView>> = {
  ACCOUNT_CREATED: EmailStage,
  EMAIL_PENDING: EmailStage,
  PHONE_PENDING: PhoneStage,
  KYC_PENDING: IdentityStage,
  KYC_REVIEW: IdentityStage,
  KYC_REJECTED: IdentityStage,
  STAKE_INTENT: StakeStage,
};

const viewOf = ({ registration }: StageProps): StageView =>
  views[registration.state] ?? (registration.open.includes("stake-intent") ? StakeStage : FinishStage);

/** The way of a registration: its stages, and what is to be done at the present one. */
export function Way(props: StageProps) {
  const t = useT();
  const locale = useLocale();
  const { tier, state, deadline } = props.registration;
  const isOver = state === "EXPIRED" || state === "REJECTED";
  const View = viewOf(props);
  const at = progress(tier, state);
  const now = at.find((one) => one.state === "now")?.stage;
  const time = deadline ? formatTime(Date.parse(deadline) / 1_000, locale) : "";
  return (
    <div className="grid gap-4 lg:grid-cols-[1fr_2fr]" data-testid="onboarding" data-state={state}>
      <Panel title={t(`onboarding.tier.${tier}`)}>
        <Steps steps={at.map((one) => ({ name: t(`onboarding.stage.${one.stage}`), state: one.state }))} />
        {time && <p className="mt-4 text-sm text-muted">{t("onboarding.until", { time })}</p>}
      </Panel>
      <div className="grid content-start gap-4">
        {isOver && (
          <Notice tone="warning" title={t(state === "EXPIRED" ? "onboarding.expired" : "onboarding.rejected")} />
        )}
        {isOver ? (
          <BeginForm memberId={props.memberId} />
        ) : (
          <Panel title={t(now ? `onboarding.stage.${now}` : "onboarding.done")}>
            <View {...props} />
          </Panel>
        )}
      </div>
    </div>
  );
}
