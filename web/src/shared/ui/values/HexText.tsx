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
      <span aria-hidden="true" className="text-xs text-muted">
        {isCopied ? "✓" : "⧉"}
      </span>
      <span role="status" className="sr-only">
        {isCopied ? t("ui.copied") : ""}
      </span>
    </button>
  );
}
