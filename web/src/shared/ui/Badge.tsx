import type { ReactNode } from "react";

export type Tone = "neutral" | "success" | "warning" | "danger" | "info";

const tones: Record<Tone, { look: string; glyph: string }> = {
  neutral: { look: "text-muted border-control", glyph: "○" },
  success: { look: "text-success border-success", glyph: "✓" },
  warning: { look: "text-warning border-warning", glyph: "!" },
  danger: { look: "text-danger border-danger", glyph: "✕" },
  info: { look: "text-info border-info", glyph: "i" },
};

/** A standing: always a sign and a word, never colour alone. */
export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  const { look, glyph } = tones[tone];
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-full border bg-bg px-2 text-sm leading-6 whitespace-nowrap ${look}`}
    >
      <span aria-hidden="true" className="text-xs font-bold">
        {glyph}
      </span>
      {children}
    </span>
  );
}
