import { Link } from "@tanstack/react-router";
import { formatBps, formatCount } from "../../../shared/format/number.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Button, buttonLook } from "../../../shared/ui/Button.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { Facts } from "../../../shared/ui/values/Facts.tsx";
import type { ChainValidator } from "../queries.ts";
import { Grade, Standing } from "../Standing.tsx";

/** What the record adds to the chain's numbers. */
export interface Told {
  validatorId: number;
  name: string;
  netAprBps: number;
  positionCount: number;
  capacity: string | null;
  slashes: { blockNumber: number }[];
  cases: { caseId: number }[];
}

interface Props {
  id: number;
  told: Told | null | undefined;
  known: ChainValidator | null | undefined;
  block: bigint | undefined;
  onRemove: () => void;
}

/** One of the validators side by side; the same facts in the same order as its neighbours. */
export function ComparedCard({ id, told, known, block, onRemove }: Props) {
  const t = useT();
  const source = useSources();
  const chain = source.chain(block);
  const remove = (
    <Button wide onClick={onRemove}>
      {t("compare.remove")}
      <span className="sr-only">: {told?.name ?? `#${id}`}</span>
    </Button>
  );
  if (known === null)
    return (
      <section
        className="rounded-lg border border-dashed border-control p-4"
        data-testid="compared"
        data-missing="true"
      >
        <h2 className="text-xl font-semibold">#{id}</h2>
        <p className="my-3 text-muted">{t("closed.missing")}</p>
        {remove}
      </section>
    );
  const fromChain = (text: string | undefined) => <span title={chain}>{text ?? "…"}</span>;
  const indexed = (text: string | undefined) => <span title={source.indexed}>{text ?? "…"}</span>;
  return (
    <section className="rounded-lg border border-line bg-surface p-4" data-testid="compared" data-id={id}>
      <h2 className="text-xl font-semibold">
        <Link to="/validators/$id" params={{ id: String(id) }} className="link">
          {told?.name ?? `#${id}`}
        </Link>
      </h2>
      <Facts
        facts={[
          { name: t("validators.status"), value: known ? <Standing validator={known} /> : "…" },
          { name: t("tier.name"), value: known ? <Grade tier={known.shownTier} /> : "…" },
          { name: t("validator.commission"), value: fromChain(known && formatBps(known.commissionBps)) },
          { name: t("validator.apr"), value: indexed(told ? formatBps(told.netAprBps) : undefined) },
          {
            name: t("uptime.uptime"),
            value: fromChain(known && (known.uptimeBps === undefined ? "–" : formatBps(known.uptimeBps))),
          },
          { name: t("validator.self"), value: <Amount value={known?.self} source={chain} digits={0} /> },
          { name: t("validator.delegated"), value: <Amount value={known?.delegated} source={chain} digits={0} /> },
          {
            name: t("validator.capacity"),
            value:
              told?.capacity === null ? (
                t("review.unlimited")
              ) : (
                <Amount value={told?.capacity} source={source.indexed} digits={0} />
              ),
          },
          { name: t("validator.positions"), value: indexed(told ? formatCount(told.positionCount) : undefined) },
          { name: t("validator.slashes"), value: indexed(told ? String(told.slashes.length) : undefined) },
          { name: t("slashes.cases"), value: indexed(told ? String(told.cases.length) : undefined) },
        ]}
      />
      <div className="mt-4 grid gap-2">
        <Link
          to="/stake/delegate/$id"
          params={{ id: String(id) }}
          className={buttonLook("primary", true)}
          data-testid="primary-action"
        >
          {t("delegate.verb")}
          <span className="sr-only">: {told?.name ?? `#${id}`}</span>
        </Link>
        {remove}
      </div>
      <p className="mt-3 text-xs text-muted">
        {chain} · {source.indexed}
      </p>
    </section>
  );
}
