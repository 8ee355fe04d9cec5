import { formatTime, shortHex } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import type { Key } from "../../shared/i18n/ko.ts";
import { Badge } from "../../shared/ui/Badge.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import type { Case } from "./queries.ts";

/** How the case came here, and what officers wrote: for the member, or never shown to it. */
export function History({ one }: { one: Case }) {
  const t = useT();
  const locale = useLocale();
  const at = (time: string) => formatTime(Date.parse(time) / 1_000, locale);
  return (
    <Panel title={t("casework.history")} data-testid="history">
      <ol className="grid gap-2 text-sm">
        {one.steps.map((step) => (
          <li key={`${step.at}${step.state}`}>
            <span className="num text-muted">{at(step.at)}</span> {t(`case.${step.state}`)}
            {step.reason && ` · ${t(`reason.${step.reason}` as Key)}`}
            {step.actorId && <code className="ml-2 text-xs">{shortHex(step.actorId)}</code>}
          </li>
        ))}
      </ol>
      <ul className="mt-3 grid gap-3">
        {one.remarks.map((remark) => (
          <li key={`${remark.at}${remark.kind}`} className="rounded-lg border border-line bg-bg p-3 text-sm">
            <Badge tone={remark.kind === "comment" ? "info" : "warning"}>{t(`remark.${remark.kind}`)}</Badge>
            <p className="mt-1 whitespace-pre-wrap">{remark.text}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
