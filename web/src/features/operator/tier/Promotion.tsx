import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChainNow } from "../../../shared/chain/head.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import type { Key } from "../../../shared/i18n/ko.ts";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { Countdown } from "../../../shared/ui/values/Countdown.tsx";
import { evaluateTier } from "../actions/evaluate-tier.ts";
import type { MyGrade } from "./grade.ts";
import { type Stage, stageOf } from "./stage.ts";

/** What a stage means and, where something can be done about it, the button's name. */
const words: Record<Stage["kind"], { title: Key; button?: Key }> = {
  settled: { title: "stage.settled" },
  open: { title: "stage.open", button: "stage.announce" },
  waiting: { title: "stage.waiting" },
  ripe: { title: "stage.ripe", button: "stage.apply" },
  void: { title: "stage.void", button: "stage.cancel" },
  resting: { title: "stage.resting" },
  barred: { title: "stage.barred" },
};

/** The way from the tier in force to the one that the facts support: announce, wait for the grace, apply. */
export function Promotion({ grade }: { grade: MyGrade }) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const stage = stageOf(grade, now);
  const { title, button } = words[stage.kind];
  const to = "to" in stage ? t(`memberTier.${stage.to}` as Key) : t(`memberTier.${grade.tier}` as Key);
  const until = stage.kind === "waiting" ? stage.at : stage.kind === "resting" ? stage.until : undefined;
  const isFall = "to" in stage && stage.to < grade.tier;
  return (
    <div className="grid gap-3" data-testid="promotion" data-stage={stage.kind}>
      <Notice
        tone={stage.kind === "settled" ? "success" : isFall || stage.kind === "barred" ? "warning" : "info"}
        title={t(title, { tier: to })}
      >
        {until !== undefined && (
          <p>
            {formatTime(until, locale)} · <Countdown seconds={until - now} />
          </p>
        )}
        {stage.kind === "waiting" && <p>{t("stage.waitingMeaning")}</p>}
      </Notice>
      {button && (
        <ActionButton
          action={evaluateTier}
          input={{ memberNo: grade.memberNo, tier: to }}
          label={t(button, { tier: to })}
          testId={stage.kind === "ripe" ? "apply-tier" : "evaluate-tier"}
        />
      )}
    </div>
  );
}
