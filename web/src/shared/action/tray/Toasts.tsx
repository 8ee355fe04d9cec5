import { useEffect, useState } from "react";
import { useLocale, useT } from "../../i18n/i18n.ts";
import type { Key } from "../../i18n/ko.ts";
import { type Entry, isFailed } from "../machine.ts";
import { wordRefusal } from "../refusal.ts";
import { useBook } from "../store.ts";

interface Toast {
  id: string;
  text: string;
  isUrgent: boolean;
}

const SHOWN_MS = 6_000;
const silent = new Set(["preflight", "sign"]);

/** Says each step of an action aloud and on screen; failures and vanished blocks stay until dismissed. */
export function Toasts() {
  const t = useT();
  const locale = useLocale();
  const book = useBook();
  const [toasts, setToasts] = useState<Toast[]>([]);

  useEffect(() => {
    return book?.listen((entry: Entry, before) => {
      if (silent.has(entry.state)) return;
      const hasVanished = entry.state === "broadcast" && before?.block !== undefined;
      const isUrgent = isFailed(entry) || hasVanished;
      const what = t(`action.${entry.action}` as Key, entry.values);
      const how = hasVanished ? t("tray.reorged") : t(`state.${entry.state}`);
      const why = entry.refusal ? ` ${wordRefusal(entry.refusal, t, locale)}` : "";
      setToasts((all) => [
        ...all.filter(({ id }) => id !== entry.id),
        { id: entry.id, text: `${what}: ${how}.${why}`, isUrgent },
      ]);
      if (!isUrgent)
        setTimeout(() => setToasts((all) => all.filter((one) => one.id !== entry.id || one.isUrgent)), SHOWN_MS);
    });
  }, [book, t, locale]);

  const list = (isUrgent: boolean) =>
    toasts
      .filter((toast) => toast.isUrgent === isUrgent)
      .map(({ id, text }) => (
        <div
          key={id}
          className={`pointer-events-auto mb-2 flex items-start gap-2 rounded-lg border bg-bg p-3 text-sm shadow ${isUrgent ? "border-danger" : "border-control"}`}
        >
          <span className="flex-1">{text}</span>
          <button
            type="button"
            aria-label={t("ui.close")}
            className="size-6 shrink-0"
            onClick={() => setToasts((all) => all.filter((one) => one.id !== id))}
          >
            ×
          </button>
        </div>
      ));
  return (
    <div className="pointer-events-none fixed right-4 bottom-20 z-20 w-[min(24rem,calc(100vw-2rem))] md:bottom-4">
      <div role="status" aria-live="polite">
        {list(false)}
      </div>
      <div role="alert" aria-live="assertive">
        {list(true)}
      </div>
    </div>
  );
}
