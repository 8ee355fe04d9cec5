import { type ReactNode, useEffect, useId, useRef } from "react";
import { useT } from "../i18n/i18n.ts";

interface Props {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Sits at the side of wide screens instead of the middle. */
  side?: boolean;
}

/** A modal dialog; the browser keeps focus inside and gives it back to the opener. */
export function Dialog({ title, isOpen, onClose, children, side }: Props) {
  const t = useT();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (isOpen && element && !element.open) element.showModal();
    if (!isOpen && element?.open) element.close();
  }, [isOpen]);
  const place = side ? "ml-auto mr-0 my-0 h-dvh max-h-dvh sm:max-w-md rounded-none" : "m-auto sm:max-w-md rounded-lg";
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose} className={`w-full border border-line p-0 ${place}`}>
      {isOpen && (
        <div className="p-5">
          <div className="mb-4 flex items-center justify-between gap-3">
            <h2 id={id} className="text-xl font-semibold">
              {title}
            </h2>
            <button
              type="button"
              onClick={onClose}
              aria-label={t("ui.close")}
              className="size-10 rounded-lg text-xl hover:bg-raised"
            >
              ×
            </button>
          </div>
          {children}
        </div>
      )}
    </dialog>
  );
}
