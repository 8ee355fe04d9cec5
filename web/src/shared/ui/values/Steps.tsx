import type { ReactNode } from "react";
import { formatTime } from "../../format/number.ts";
import { useLocale, useT } from "../../i18n/i18n.ts";

export interface Step {
  name: string;
  state: "done" | "now" | "coming" | "missed";
  /** Unix seconds: when it happened, or until when it may. */
  at?: number;
  children?: ReactNode;
}

const signs: Record<Step["state"], { glyph: string; look: string }> = {
  done: { glyph: "✓", look: "border-success text-success" },
  now: { glyph: "●", look: "border-primary text-primary" },
  coming: { glyph: "○", look: "border-control text-muted" },
  missed: { glyph: "–", look: "border-control text-muted" },
};

/** What has happened and what comes, in its order; each step has a sign and a word. */
export function Steps({ steps }: { steps: Step[] }) {
  const t = useT();
  const locale = useLocale();
  return (
    <ol className="grid gap-4">
      {steps.map(({ name, state, at, children }) => (
        <li key={name} data-testid="step" data-state={state} className="flex gap-3">
          <span
            aria-hidden="true"
            className={`mt-0.5 inline-flex size-6 shrink-0 items-center justify-center rounded-full border-2 text-xs font-bold ${signs[state].look}`}
          >
            {signs[state].glyph}
          </span>
          <div className="min-w-0 flex-1">
            <p className={state === "now" ? "font-semibold" : ""}>
              {name} <span className="text-sm text-muted">({t(`step.${state}`)})</span>
            </p>
            {at !== undefined && <p className="num text-sm text-muted">{formatTime(at, locale)}</p>}
            {children && <div className="text-sm">{children}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
