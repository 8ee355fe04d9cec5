import { Link } from "@tanstack/react-router";
import { useChain } from "../../chain/context.ts";
import { formatTime } from "../../format/number.ts";
import { useLocale, useT } from "../../i18n/i18n.ts";
import type { Key } from "../../i18n/ko.ts";
import { Badge, type Tone } from "../../ui/Badge.tsx";
import { HexText } from "../../ui/values/HexText.tsx";
import { type Entry, isFailed, isRunning, type State } from "../machine.ts";
import { wordRefusal } from "../refusal.ts";

const toneOf = (entry: Entry): Tone =>
  isFailed(entry)
    ? "danger"
    : entry.wasReorged && entry.state === "broadcast"
      ? "warning"
      : entry.state === "final" || entry.state === "indexed"
        ? "success"
        : isRunning(entry)
          ? "info"
          : "neutral";
const steps: State[] = ["preflight", "sign", "broadcast", "in-block", "indexed", "final"];

/** One action: what, where it stands, the way it came, and its transaction. */
export function EntryCard({ entry, onDismiss }: { entry: Entry; onDismiss?: () => void }) {
  const t = useT();
  const locale = useLocale();
  const { config } = useChain();
  const reached = steps.indexOf(entry.state);
  return (
    <li
      data-testid="tray-item"
      data-state={entry.state}
      data-action={entry.action}
      data-reorged={entry.wasReorged ? "true" : undefined}
      className="rounded-lg border border-line bg-surface p-3"
    >
      <div className="flex flex-wrap items-start justify-between gap-2">
        <p className="font-semibold">{t(`action.${entry.action}` as Key, entry.values)}</p>
        <Badge tone={toneOf(entry)}>{t(`state.${entry.state}`)}</Badge>
      </div>
      {reached >= 0 && (
        <div aria-hidden="true" className="mt-2 flex gap-1">
          {steps.map((step, index) => (
            <span key={step} className={`h-1 flex-1 rounded ${index <= reached ? "bg-primary" : "bg-line"}`} />
          ))}
        </div>
      )}
      {entry.refusal && <p className="mt-2 text-sm text-danger">{wordRefusal(entry.refusal, t, locale)}</p>}
      {entry.wasReorged && entry.state === "broadcast" && (
        <p className="mt-2 text-sm text-warning">{t("tray.reorged")}</p>
      )}
      {entry.successor && (
        <p className="mt-2 text-sm">
          {t("tray.successor")} <HexText value={entry.successor} ends={6} />
        </p>
      )}
      <div className="mt-2 flex flex-wrap items-center gap-x-3 text-sm text-muted">
        {entry.hash && <HexText value={entry.hash} ends={6} />}
        {entry.block && (
          <Link className="link" to="/blocks/$number" params={{ number: String(entry.block.number) }}>
            {t("block.short", { number: entry.block.number })}
          </Link>
        )}
        {entry.hash && config.explorerUrl && (
          <a className="link" href={`${config.explorerUrl}/tx/${entry.hash}`} target="_blank" rel="noreferrer">
            {t("tray.explorer")}
          </a>
        )}
        <span>{formatTime((entry.path[0]?.at ?? 0) / 1000, locale)}</span>
      </div>
      <details className="mt-1 text-sm">
        <summary className="min-h-6 cursor-pointer">{t("tray.path")}</summary>
        <ol className="mt-1 list-decimal pl-5">
          {entry.path.map(({ state, at }) => (
            <li key={`${state}-${at}`}>{`${t(`state.${state}`)} · ${formatTime(at / 1000, locale)}`}</li>
          ))}
        </ol>
      </details>
      {onDismiss && (
        <button type="button" onClick={onDismiss} className="mt-1 min-h-8 text-sm text-muted underline">
          {t("tray.dismiss")}
        </button>
      )}
    </li>
  );
}
