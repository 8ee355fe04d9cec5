import { lazy, Suspense, useState } from "react";
import { useConnection } from "wagmi";
import { useHead } from "../shared/chain/head.ts";
import { formatCount, formatTime, shortHex } from "../shared/format/number.ts";
import { useIndexer } from "../shared/graphql/indexer.ts";
import { useLocale, useT } from "../shared/i18n/i18n.ts";
import { lagOf } from "./lag.ts";

/** Reading a standing takes contracts along, so it is loaded once there is a wallet. */
const SuspendedBanner = lazy(async () => ({
  default: (await import("../features/suspensions/SuspendedBanner.tsx")).SuspendedBanner,
}));

const SEEN = "tburn.reorg";
const openedAt = Date.now();

/** The newest reorganisation of this visit, seen here or by the indexer, until dismissed. */
function useReorg() {
  const { reorg, dismissReorg } = useHead();
  const { reorgs } = useIndexer();
  const [dismissedAt, setDismissedAt] = useState(() => Number(sessionStorage.getItem(SEEN) ?? openedAt));
  const told = reorgs?.find(({ seenAtMs }) => seenAtMs > dismissedAt);
  const known = reorg ?? (told && { block: told.fromBlock, oldHash: told.oldHash, newHash: told.newHash });
  return {
    known,
    dismiss: () => {
      const now = Date.now();
      sessionStorage.setItem(SEEN, String(now));
      setDismissedAt(now);
      dismissReorg();
    },
  };
}

/** What must not be overlooked: a reorganisation, endpoints that are silent, an indexer that trails. */
export function Banners() {
  const t = useT();
  const locale = useLocale();
  const { head, isSilent } = useHead();
  const { status, isSilent: isIndexerSilent, isPending } = useIndexer();
  const { known, dismiss } = useReorg();
  const { isConnected } = useConnection();
  const lag = lagOf({ head, indexed: status?.indexed ?? undefined, isIndexerSilent: isIndexerSilent && !isPending });
  const look = "border-b px-4 py-2 text-sm";
  return (
    <>
      <div role="alert">
        {known && (
          <div
            data-testid="reorg-banner"
            className={`${look} flex flex-wrap items-center justify-between gap-2 border-danger bg-surface`}
          >
            <p>
              <strong className="text-danger">{t("banner.reorg", { block: formatCount(known.block) })}</strong>{" "}
              <span className="font-mono text-xs">{`${shortHex(known.oldHash, 6)} → ${shortHex(known.newHash, 6)}`}</span>{" "}
              {t("banner.reorgMeaning")}
            </p>
            <button type="button" onClick={dismiss} className="min-h-8 rounded border border-control px-3">
              {t("ui.understood")}
            </button>
          </div>
        )}
      </div>
      {isConnected && (
        <Suspense>
          <SuspendedBanner />
        </Suspense>
      )}
      <div role="status">
        {isSilent && <p className={`${look} border-danger bg-surface text-danger`}>{t("banner.chainSilent")}</p>}
        {!isSilent && (lag.stage === "amber" || lag.stage === "red") && (
          <p
            data-testid="lag-banner"
            className={`${look} bg-surface ${lag.stage === "red" ? "border-danger text-danger" : "border-warning text-warning"}`}
          >
            {status?.indexed
              ? t("banner.lag", {
                  block: formatCount(status.indexed.number),
                  time: formatTime(status.indexed.timestamp, locale),
                })
              : t("banner.indexerSilent")}
          </p>
        )}
      </div>
    </>
  );
}
