import { useState } from "react";
import { shortHex } from "../../format/number.ts";
import { useT } from "../../i18n/i18n.ts";

interface Props {
  value: string;
  ends?: number;
  /** Shows all digits. */
  full?: boolean;
}

/** An address or hash: middle left out, whole on hover, copied on click. */
export function HexText({ value, ends = 4, full }: Props) {
  const t = useT();
  const [isCopied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard?.writeText(value).catch(() => undefined);
    setCopied(true);
    setTimeout(() => setCopied(false), 1_500);
  }
  return (
    <button
      type="button"
      onClick={copy}
      title={value}
      className="inline-flex min-h-6 items-center gap-1 rounded font-mono text-sm break-all text-left hover:underline"
    >
      <span className="sr-only">{t("ui.copy")}: </span>
      <span>{full ? value : shortHex(value, ends)}</span>
      <svg aria-hidden="true" viewBox="0 0 16 16" className="size-3.5 shrink-0 fill-none stroke-current text-muted">
        {isCopied ? <path d="M3 8l3.5 4L13 4" /> : <path d="M5 5h8v8H5zM3 11V3h8" />}
      </svg>
      <span role="status" className="sr-only">
        {isCopied ? t("ui.copied") : ""}
      </span>
    </button>
  );
}
