import { Link } from "@tanstack/react-router";
import { useBook, useEntries } from "../../../shared/action/store.ts";
import { useValidatorNames } from "../../../shared/graphql/validator-names.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { type Column, DataTable } from "../../../shared/ui/DataTable.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import type { Position } from "../queries.ts";

/** Positions that an action has just changed: waiting for the indexer, or for their block to come back. */
function useUnsettled() {
  const entries = useEntries(useBook());
  const recent = new Set(
    entries.filter(({ state }) => state === "in-block").flatMap(({ found }) => found?.positions ?? []),
  );
  const isShaken = entries.some(({ state, wasReorged }) => wasReorged && state === "broadcast");
  return { recent, isShaken };
}

export function PositionList({ positions, source }: { positions: Position[]; source: string }) {
  const t = useT();
  const nameOf = useValidatorNames();
  const { recent, isShaken } = useUnsettled();
  const columns: Column<Position>[] = [
    {
      key: "validator",
      title: t("validator.one"),
      cell: ({ id, validatorId }) => (
        <Link className="link inline-flex min-h-6 items-center" to="/stake/positions/$id" params={{ id: String(id) }}>
          {nameOf(validatorId)}
        </Link>
      ),
    },
    {
      key: "value",
      title: t("stake.value"),
      isNumber: true,
      cell: ({ value }) => <Amount value={value} source={source} />,
    },
    {
      key: "pending",
      title: t("stake.pending"),
      isNumber: true,
      cell: ({ pending }) => <Amount value={pending} source={source} digits={6} />,
    },
    {
      key: "state",
      title: t("stake.state"),
      cell: ({ id, lien }) =>
        isShaken ? (
          <Badge tone="warning">{t("stake.rechecking")}</Badge>
        ) : recent.has(String(id)) ? (
          <Badge tone="info">{t("stake.awaiting")}</Badge>
        ) : lien !== 0n ? (
          <Badge tone="warning">{t("stake.lien")}</Badge>
        ) : (
          <Badge tone="success">{t("stake.recorded")}</Badge>
        ),
    },
  ];
  return (
    <DataTable
      caption={t("stake.positions")}
      columns={columns}
      rows={positions}
      rowKey={({ id }) => String(id)}
      rowTestId="position-row"
      isStriped={() => isShaken}
    />
  );
}
