import { Link } from "@tanstack/react-router";
import { useChainNow } from "../../../shared/chain/head.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import type { Key } from "../../../shared/i18n/ko.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { type Column, DataTable } from "../../../shared/ui/DataTable.tsx";
import { Countdown } from "../../../shared/ui/values/Countdown.tsx";
import type { Matter } from "./matters.ts";

function Deadline({ at, isOpen }: { at: number; isOpen: boolean }) {
  const locale = useLocale();
  const now = useChainNow();
  if (!isOpen) return <span>{formatTime(at, locale)}</span>;
  return at > now ? <Countdown seconds={at - now} /> : <Badge tone="warning">{formatTime(at, locale)}</Badge>;
}

/** Cases and suspensions with the deadline that runs. */
export function MatterTable({ caption, matters }: { caption: string; matters: Matter[] }) {
  const t = useT();
  const columns: Column<Matter>[] = [
    {
      key: "id",
      title: t("appeals.matter"),
      cell: ({ id, kind }) => (
        <Link to="/appeals/$id" params={{ id }} className="link inline-flex min-h-6 items-center font-semibold">
          {t(`appeals.${kind}`, { id: id.split("-")[1] ?? "" })}
        </Link>
      ),
    },
    { key: "what", title: t("case.kind"), cell: ({ what }) => t(what as Key) },
    { key: "about", title: t("appeals.about"), cell: ({ about }) => about },
    {
      key: "state",
      title: t("case.state"),
      cell: ({ state, isAppealed }) => <Badge tone={isAppealed ? "info" : "neutral"}>{t(state as Key)}</Badge>,
    },
    {
      key: "deadline",
      title: t("appeals.deadline"),
      cell: ({ deadline, isOpen }) => <Deadline at={deadline} isOpen={isOpen} />,
    },
  ];
  return (
    <DataTable caption={caption} columns={columns} rows={matters} rowKey={({ id }) => id} rowTestId="matter-row" />
  );
}
