import { wordRefusal } from "../../../shared/action/refusal.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import type { Trial } from "./trial.ts";

function Words({ trial }: { trial: Trial }) {
  const t = useT();
  const locale = useLocale();
  if (trial.state === "running") return <p className="text-sm text-muted">{t("trial.running")}</p>;
  if (trial.state === "passes") return <p className="text-success">✓ {t("trial.passes")}</p>;
  return (
    <Notice tone="danger" title={t("trial.fails")}>
      {wordRefusal(trial.refusal, t, locale)}
    </Notice>
  );
}

/** How a call would end now, in words. */
export function Verdict({ trial = { state: "running" } }: { trial: Trial | undefined }) {
  return (
    <div role="status" data-testid="trial" data-state={trial.state}>
      <Words trial={trial} />
    </div>
  );
}
