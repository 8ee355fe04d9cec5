import { useT } from "../../shared/i18n/i18n.ts";
import { Badge } from "../../shared/ui/Badge.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { neededFor } from "./queries.ts";

const levels = [1, 2, 3] as const;

/** The levels, lowest first: what each asks for, and which is held or wanted. */
export function Ladder({ held, wanted }: { held: number; wanted: number | undefined }) {
  const t = useT();
  return (
    <Panel title={t("verify.levels")} data-testid="ladder">
      <ol className="grid gap-3">
        {levels.map((level) => (
          <li key={level} data-level={level} className="rounded-lg border border-line bg-bg p-3">
            <p className="flex flex-wrap items-center gap-2 font-semibold">
              {t(`kyc.${level}`)}
              {held >= level && <Badge tone="success">{t("verify.held")}</Badge>}
              {wanted === level && held < level && <Badge tone="info">{t("verify.wanted")}</Badge>}
            </p>
            <p className="text-sm text-muted">{t(`verify.level.${level}`)}</p>
            <p className="text-sm">
              {t("verify.asks")} {neededFor[level].map((kind) => t(`document.${kind}`)).join(", ")}
            </p>
          </li>
        ))}
      </ol>
      <p className="mt-3 text-sm text-muted">{t("kyc.reason")}</p>
    </Panel>
  );
}
