import { Link } from "@tanstack/react-router";
import { useChainNow } from "../../../shared/chain/head.ts";
import { formatBps, formatCount, formatTime } from "../../../shared/format/number.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { buttonLook } from "../../../shared/ui/Button.tsx";
import { type Column, DataTable } from "../../../shared/ui/DataTable.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { Countdown } from "../../../shared/ui/values/Countdown.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import { isOpen } from "../kinds.ts";
import { type RecordedCase, useCase } from "../queries.ts";
import { runningDeadline } from "./case-steps.ts";
import { StateBadge } from "./StateBadge.tsx";

/** State and running deadline of a case, from the chain as long as it is open. */
function Standing({ told }: { told: RecordedCase }) {
  const t = useT();
  const now = useChainNow();
  const known = useCase(isOpen(told.state) ? told.caseId : 0).data;
  const running = known && runningDeadline(known);
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-2 sm:justify-start">
      <StateBadge state={known?.state ?? told.state} />
      {running && (
        <span className="text-sm">
          {t(`caseDeadline.${running.key}`)} <Countdown seconds={running.at - now} />
        </span>
      )}
    </span>
  );
}

function Remedy({ told }: { told: RecordedCase }) {
  const t = useT();
  const known = useCase(told.state === "REPORTED" ? told.caseId : 0).data;
  if (known?.can.appeal)
    return (
      <Link
        to="/appeals/new"
        search={{ case: told.caseId }}
        className={`${buttonLook("primary")} whitespace-nowrap`}
        data-testid="to-appeal"
      >
        {t("appeal.verb")}
      </Link>
    );
  return (
    <Link
      to="/appeals/$id"
      params={{ id: `case-${told.caseId}` }}
      className={`${buttonLook("secondary")} whitespace-nowrap`}
    >
      {t("slashes.open")}
      <span className="sr-only"> #{told.caseId}</span>
    </Link>
  );
}

/** Cases of one validator, newest first. */
export function CaseTable({ cases }: { cases: RecordedCase[] }) {
  const t = useT();
  const locale = useLocale();
  const { indexed } = useSources();
  const columns: Column<RecordedCase>[] = [
    {
      key: "id",
      title: t("slashes.case"),
      cell: ({ caseId }) => (
        <Link
          to="/appeals/$id"
          params={{ id: `case-${caseId}` }}
          className="link inline-flex min-h-6 items-center font-semibold"
        >
          #{caseId}
        </Link>
      ),
    },
    { key: "kind", title: t("case.kind"), cell: ({ kind }) => t(`slashKind.${kind}`) },
    { key: "state", title: t("case.state"), cell: (told) => <Standing told={told} /> },
    {
      key: "fault",
      title: t("case.faultAt"),
      isMinor: true,
      cell: ({ faultAt }) => <span title={indexed}>{formatTime(faultAt, locale)}</span>,
    },
    {
      key: "fraction",
      title: t("case.fraction"),
      isNumber: true,
      cell: ({ fractionBps, taken }) => (
        <span className="inline-grid justify-items-end">
          <span title={indexed}>{formatBps(fractionBps)}</span>
          {taken !== null && <Amount value={taken} source={indexed} digits={2} />}
        </span>
      ),
    },
    {
      key: "delegations",
      title: t("case.delegations"),
      isNumber: true,
      isMinor: true,
      cell: ({ validator }) => <span title={indexed}>{formatCount(validator.positionCount)}</span>,
    },
    {
      key: "evidence",
      title: t("case.evidenceHash"),
      isMinor: true,
      cell: ({ evidenceHash }) => <HexText value={evidenceHash} />,
    },
    { key: "act", title: t("slashes.act"), cell: (told) => <Remedy told={told} /> },
  ];
  return (
    <DataTable
      caption={t("slashes.cases")}
      columns={columns}
      rows={cases}
      rowKey={({ caseId }) => String(caseId)}
      rowTestId="case-row"
    />
  );
}
