import { Link } from "@tanstack/react-router";
import { formatBps } from "../../shared/format/number.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { type Column, DataTable } from "../../shared/ui/DataTable.tsx";
import { Amount } from "../../shared/ui/values/Amount.tsx";
import type { ListedValidator } from "./queries.ts";
import { Grade, Standing } from "./Standing.tsx";

type SortField = "stake" | "commission" | "name" | "self";

export interface Sorting {
  field: SortField | undefined;
  direction: "asc" | "desc";
  toggle: (field: SortField) => void;
}

function Room({ validator }: { validator: ListedValidator }) {
  const t = useT();
  const { capacity, delegatedStake } = validator;
  if (capacity === null) return <span>{t("review.unlimited")}</span>;
  const most = BigInt(capacity);
  const used = most === 0n ? 100 : Number((BigInt(delegatedStake) * 1000n) / most) / 10;
  return (
    <span className="inline-flex items-center gap-2">
      <progress className="h-2 w-14 accent-(--primary)" max={100} value={used} aria-label={t("validators.used")} />
      {used >= 100 ? t("validators.full") : `${used}%`}
    </span>
  );
}

interface Props {
  validators: ListedValidator[];
  source: string;
  sorting: Sorting;
  chosen: number[];
  onChoose: (validatorId: number) => void;
}

export function ValidatorTable({ validators, source, sorting, chosen, onChoose }: Props) {
  const t = useT();
  const sort = (field: SortField): Column<ListedValidator>["sort"] => ({
    direction: sorting.field !== field ? undefined : sorting.direction === "asc" ? "ascending" : "descending",
    toggle: () => sorting.toggle(field),
  });
  const columns: Column<ListedValidator>[] = [
    {
      key: "choose",
      title: t("compare.verb"),
      cell: ({ validatorId, name }) => (
        <input
          type="checkbox"
          data-testid="choose"
          aria-label={t("compare.one", { name })}
          checked={chosen.includes(validatorId)}
          onChange={() => onChoose(validatorId)}
          className="size-6 accent-(--primary)"
        />
      ),
    },
    {
      key: "name",
      title: t("validator.one"),
      sort: sort("name"),
      cell: ({ validatorId, name, member }) => (
        <span className="inline-grid justify-items-end gap-0.5 sm:justify-items-start">
          <Link
            className="link inline-flex min-h-6 items-center font-semibold"
            to="/validators/$id"
            params={{ id: String(validatorId) }}
          >
            {name}
          </Link>
          <span className="text-sm text-muted">
            <Grade tier={member.shownTier} />
          </span>
        </span>
      ),
    },
    { key: "status", title: t("validators.status"), cell: (validator) => <Standing validator={validator} /> },
    {
      key: "commission",
      title: t("validator.commission"),
      isNumber: true,
      isMinor: true,
      sort: sort("commission"),
      cell: ({ commissionBps }) => <span title={source}>{formatBps(commissionBps)}</span>,
    },
    {
      key: "apr",
      title: t("validator.apr"),
      isNumber: true,
      cell: ({ netAprBps }) => <span title={source}>{formatBps(netAprBps)}</span>,
    },
    {
      key: "stake",
      title: t("validator.total"),
      isNumber: true,
      sort: sort("stake"),
      cell: ({ totalStake }) => <Amount value={totalStake} source={source} compact unit="" />,
    },
    {
      key: "uptime",
      title: t("uptime.uptime"),
      isNumber: true,
      isMinor: true,
      cell: ({ uptimeBps }) => <span title={source}>{uptimeBps === null ? "–" : formatBps(uptimeBps)}</span>,
    },
    { key: "room", title: t("validators.room"), isMinor: true, cell: (validator) => <Room validator={validator} /> },
    {
      key: "slashes",
      title: t("validator.slashes"),
      isNumber: true,
      isMinor: true,
      cell: ({ slashes }) => <span title={source}>{slashes.length}</span>,
    },
    {
      key: "delegate",
      title: t("delegate.verb"),
      cell: ({ validatorId, name }) => (
        <Link className={buttonLook("secondary")} to="/stake/delegate/$id" params={{ id: String(validatorId) }}>
          {t("delegate.verb")}
          <span className="sr-only">: {name}</span>
        </Link>
      ),
    },
  ];
  return (
    <DataTable
      caption={t("validators.title")}
      columns={columns}
      rows={validators}
      rowKey={({ validatorId }) => String(validatorId)}
      rowTestId="validator-row"
    />
  );
}
