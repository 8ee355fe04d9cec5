import { Link } from "@tanstack/react-router";
import { formatBps, formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Badge, type Tone } from "../../../shared/ui/Badge.tsx";
import { DataTable } from "../../../shared/ui/DataTable.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";

export interface PastCase {
  caseId: number;
  kind: "DOUBLE_SIGN" | "DOWNTIME" | "INVALID_BLOCK" | "CONSENSUS_VIOLATION" | "SECURITY_BREACH";
  state: "REPORTED" | "APPEALED" | "DECIDED" | "EXECUTED" | "LAPSED" | "OVERTURNED";
  openedAt: number;
  fractionBps: number;
  taken: string | null;
}

const tones: Record<PastCase["state"], Tone> = {
  REPORTED: "warning",
  APPEALED: "warning",
  DECIDED: "warning",
  EXECUTED: "danger",
  LAPSED: "neutral",
  OVERTURNED: "success",
};

/** Every accusation of the validator; the case's own page has the evidence. */
export function CaseHistory({ cases, source }: { cases: PastCase[]; source: string }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Panel title={t("caseHistory.title")} source={source} data-testid="case-history">
      {cases.length === 0 ? (
        <Empty title={t("slashes.none")} />
      ) : (
        <DataTable
          caption={t("caseHistory.title")}
          rows={cases}
          rowKey={({ caseId }) => String(caseId)}
          columns={[
            {
              key: "id",
              title: t("slashes.case"),
              cell: ({ caseId, kind }) => (
                <Link
                  to="/appeals/$id"
                  params={{ id: `case-${caseId}` }}
                  className="link inline-flex min-h-6 items-center font-semibold"
                >
                  #{caseId} {t(`slashKind.${kind}`)}
                </Link>
              ),
            },
            {
              key: "state",
              title: t("case.state"),
              cell: ({ state }) => <Badge tone={tones[state]}>{t(`slashState.${state}`)}</Badge>,
            },
            {
              key: "fraction",
              title: t("case.fraction"),
              isNumber: true,
              cell: ({ fractionBps, taken }) => (
                <span className="inline-grid justify-items-end">
                  {formatBps(fractionBps)}
                  {taken !== null && <Amount value={taken} source={source} digits={2} />}
                </span>
              ),
            },
            { key: "at", title: t("ui.time"), isMinor: true, cell: ({ openedAt }) => formatTime(openedAt, locale) },
          ]}
        />
      )}
    </Panel>
  );
}
