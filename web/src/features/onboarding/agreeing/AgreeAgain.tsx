import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { type Consent, useSay } from "../../../shared/session/consents.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { StepProblem } from "../StepProblem.tsx";
import { leftOf, useTicks } from "./agreed.ts";
import { Boxes } from "./Boxes.tsx";

/** Words have changed since the registration began: they are agreed to before it goes on. */
export function AgreeAgain({ memberId, consents }: { memberId: string; consents: Consent[] }) {
  const t = useT();
  const say = useSay(memberId);
  const ticks = useTicks();
  const left = leftOf(consents, useLocale()).filter(({ isRequired }) => isRequired);
  async function agree() {
    for (const one of left.filter(ticks.has)) {
      await say.mutateAsync({ purpose: one.purpose, given: true, textHash: one.hash });
    }
  }
  return (
    <Panel title={t("onboarding.agreeAgain")} data-testid="onboarding-agree-again">
      <p className="mb-4">{t("onboarding.agreeAgainLead")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // What was refused is said below.
          if (!say.isPending) agree().catch(() => undefined);
        }}
      >
        <Boxes left={left} ticks={ticks} />
        <StepProblem error={say.error} />
        <Button type="submit" kind="primary" busy={say.isPending} data-testid="onboarding-agree">
          {t("onboarding.agreeAndGoOn")}
        </Button>
      </form>
    </Panel>
  );
}
