import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatTime, shortHex } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { SignedIn } from "../../shared/session/SignedIn.tsx";
import { useStaffRoles } from "../../shared/session/staff-roles.ts";
import { Button } from "../../shared/ui/Button.tsx";
import { type Column, DataTable } from "../../shared/ui/DataTable.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { Anchoring } from "./Anchoring.tsx";
import { type Entry, entriesFrom } from "./trail.ts";
import { VerifyPanel } from "./VerifyPanel.tsx";

const PAGE = 50;
const idOf = (id: string | null) => (id ? <code title={id}>{shortHex(id)}</code> : "–");

function Entries() {
  const t = useT();
  const locale = useLocale();
  const [from, setFrom] = useState(1);
  const list = useQuery({ queryKey: ["audit", from], queryFn: () => entriesFrom(from, PAGE) });
  const columns: Column<Entry>[] = [
    { key: "seq", title: t("audit.seq"), cell: ({ seq }) => seq, isNumber: true },
    {
      key: "at",
      title: t("audit.at"),
      cell: ({ body }) => (body ? formatTime(Date.parse(body.at) / 1_000, locale) : t("audit.gone")),
    },
    { key: "action", title: t("audit.action"), cell: ({ body }) => <code>{body?.action ?? "–"}</code> },
    {
      key: "actor",
      title: t("audit.actor"),
      cell: ({ body }) => (body?.actorId ? idOf(body.actorId) : (body?.actorKind ?? "–")),
    },
    { key: "subject", title: t("audit.subject"), cell: ({ body }) => idOf(body?.subjectId ?? null) },
    {
      key: "detail",
      title: t("audit.detail"),
      cell: ({ body }) => <code className="break-all">{JSON.stringify(body?.detail ?? {})}</code>,
      isMinor: true,
    },
  ];
  return (
    <Panel title={t("audit.entries")}>
      <Answer query={list} lines={6}>
        {(entries) =>
          entries.length === 0 ? (
            <Empty title={t("audit.none")} reason={t("audit.noneReason")} />
          ) : (
            <DataTable
              caption={t("audit.entries")}
              columns={columns}
              rows={entries}
              rowKey={({ seq }) => String(seq)}
              rowTestId="audit-entry"
            />
          )
        }
      </Answer>
      <div className="mt-4 flex gap-2">
        {from > 1 && <Button onClick={() => setFrom(Math.max(1, from - PAGE))}>{t("audit.earlier")}</Button>}
        {list.data?.length === PAGE && <Button onClick={() => setFrom(from + PAGE)}>{t("audit.later")}</Button>}
      </div>
    </Panel>
  );
}

function Desk() {
  const t = useT();
  const roles = useStaffRoles();
  return (
    <Answer query={roles} lines={4}>
      {(held) =>
        held.includes("auditor") ? (
          <div className="grid gap-4">
            <VerifyPanel />
            <Anchoring />
            <Entries />
          </div>
        ) : (
          <Empty title={t("audit.notYours")} reason={t("audit.notYoursReason")} />
        )
      }
    </Answer>
  );
}

/** Who did what to whom, and whether the record of it holds. */
export function AuditPage() {
  const t = useT();
  return (
    <>
      <PageHeader title={t("audit.title")} lead={t("audit.lead")} />
      <SignedIn>{() => <Desk />}</SignedIn>
    </>
  );
}
