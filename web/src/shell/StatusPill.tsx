import { Link } from "@tanstack/react-router";
import { useHead } from "../shared/chain/head.ts";
import { formatCount } from "../shared/format/number.ts";
import { useIndexer } from "../shared/graphql/indexer.ts";
import { useT } from "../shared/i18n/i18n.ts";
import { lagOf } from "./lag.ts";

const dots = { fresh: "bg-success", quiet: "bg-warning", amber: "bg-warning", red: "bg-danger" };

/** Newest block, and how far behind it the indexer and finality are. */
export function StatusPill() {
  const t = useT();
  const { head, isSilent } = useHead();
  const { status, isSilent: isIndexerSilent } = useIndexer();
  const lag = lagOf({ head, indexed: status?.indexed ?? undefined, isIndexerSilent });
  const number = head ? Number(head.number) : undefined;
  const behind = (block: number | undefined) =>
    number === undefined || block === undefined ? "?" : `−${formatCount(Math.max(0, number - block))}`;
  return (
    <Link
      to="/status"
      data-testid="status-pill"
      data-lag={lag.stage}
      className="num inline-flex min-h-10 min-w-10 shrink-0 items-center justify-center gap-2 rounded-full border border-line bg-surface px-3 text-xs whitespace-nowrap text-text"
    >
      <span aria-hidden="true" className={`size-2.5 rounded-full ${isSilent ? "bg-danger" : dots[lag.stage]}`} />
      <span className="max-sm:sr-only">
        {t("pill.head", { block: number === undefined ? "…" : formatCount(number) })}
      </span>
      <span className="max-lg:hidden" data-testid="indexed-to" data-block={status?.indexed?.number}>
        {t("pill.indexed", { behind: behind(status?.indexed?.number) })}
      </span>
      <span className="max-lg:hidden">{t("pill.final", { behind: behind(status?.finalBlock) })}</span>
    </Link>
  );
}
