import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useT } from "../../i18n/i18n.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { Empty } from "../../ui/states/Empty.tsx";
import { isInTray, isRunning } from "../machine.ts";
import { useBook, useEntries } from "../store.ts";
import { EntryCard } from "./EntryCard.tsx";

/** The button that counts what is under way, and the list behind it. */
export function Tray() {
  const t = useT();
  const book = useBook();
  const entries = useEntries(book);
  const [isOpen, setOpen] = useState(false);
  const shown = entries.filter(isInTray);
  const running = shown.filter(isRunning).length;
  return (
    <>
      <button
        type="button"
        data-testid="tray-open"
        onClick={() => setOpen(true)}
        aria-label={t("tray.open", { n: running })}
        className="relative inline-flex size-10 items-center justify-center rounded-lg border border-control"
      >
        <span aria-hidden="true">⇄</span>
        {shown.length > 0 && (
          <span
            aria-hidden="true"
            className="num absolute -top-1.5 -right-1.5 min-w-5 rounded-full bg-primary px-1 text-xs leading-5 font-bold text-on-primary"
          >
            {shown.length}
          </span>
        )}
      </button>
      <Dialog side title={t("tray.title")} isOpen={isOpen} onClose={() => setOpen(false)}>
        {shown.length === 0 && <Empty title={t("tray.empty")} reason={t("tray.emptyReason")} />}
        <ul className="grid gap-3">
          {shown.map((entry) => (
            <EntryCard key={entry.id} entry={entry} onDismiss={() => book?.dismiss(entry.id)} />
          ))}
        </ul>
        <p className="mt-4">
          <Link className="link" to="/activity" onClick={() => setOpen(false)}>
            {t("tray.all")}
          </Link>
        </p>
      </Dialog>
    </>
  );
}
