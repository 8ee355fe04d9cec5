import { useT } from "../../../shared/i18n/i18n.ts";
import type { Key } from "../../../shared/i18n/ko.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import type { MyValidator } from "../queries.ts";

interface Props {
  validator: MyValidator;
  hasEarned: boolean;
  hasOperator: boolean;
  source: string;
}

/** The first 24 hours of a validator. Nothing is ticked by hand: each point is read from the chain. */
export function Checklist({ validator, hasEarned, hasOperator, source }: Props) {
  const t = useT();
  const { tier, isActive, reports, self } = validator;
  const points: [name: Key, isDone: boolean][] = [
    ["checklist.registered", true],
    ["checklist.stake", self > 0n],
    ["checklist.tier", tier === "active" || tier === "enterprise"],
    ["checklist.active", isActive],
    ["checklist.report", reports > 0],
    ["checklist.reward", hasEarned],
    ["checklist.operator", hasOperator],
  ];
  const done = points.filter(([, isDone]) => isDone).length;
  if (done === points.length) return null;
  return (
    <Panel title={t("checklist.title")} source={source} data-testid="operator-checklist">
      <p className="mb-2 text-sm text-muted">{t("checklist.progress", { n: done, all: points.length })}</p>
      <ul className="grid gap-2">
        {points.map(([name, isDone]) => (
          <li key={name} className="flex items-center justify-between gap-3">
            <span>{t(name)}</span>
            <Badge tone={isDone ? "success" : "neutral"}>{t(isDone ? "checklist.done" : "checklist.open")}</Badge>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
