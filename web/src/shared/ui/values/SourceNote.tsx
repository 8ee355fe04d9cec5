import { useT } from "../../i18n/i18n.ts";

/**
 * A small button that tells where a number comes from, to the pointer, the keyboard and screen readers alike. What it
 * shows takes the width of the nearest positioned box around it, so that it never reaches beyond the window.
 */
export function SourceNote({ text }: { text: string }) {
  const t = useT();
  return (
    <span className="group">
      <button
        type="button"
        data-testid="source-note"
        aria-label={`${t("source.label")}: ${text}`}
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        className="ml-1 inline-flex size-6 items-center justify-center rounded-full align-middle text-sm font-normal text-muted hover:text-text"
      >
        <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4 fill-none stroke-current">
          <circle cx="8" cy="8" r="6.5" />
          <path d="M8 7.25v4M8 4.75v.5" strokeWidth="1.5" />
        </svg>
      </button>
      <span
        aria-hidden="true"
        className="absolute inset-x-0 top-full z-10 hidden rounded-lg border border-control bg-bg p-2 text-left text-xs font-normal shadow group-focus-within:block group-hover:block"
      >
        {text}
      </span>
    </span>
  );
}
