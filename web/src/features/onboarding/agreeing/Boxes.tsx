import { useId } from "react";
import { useT } from "../../../shared/i18n/i18n.ts";
import type { Left, Ticks } from "./agreed.ts";

function Box({ left, ticks }: { left: Left; ticks: Ticks }) {
  const t = useT();
  const id = useId();
  const { purpose, isRequired, text } = left;
  return (
    <li className="border-line border-t py-3 first:border-t-0">
      <div className="flex min-h-11 items-center gap-3">
        <input
          type="checkbox"
          id={id}
          required={isRequired}
          checked={ticks.has(left)}
          onChange={(event) => ticks.set(left, event.target.checked)}
          className="size-5 shrink-0"
          data-testid={`agree-${purpose}`}
        />
        <label htmlFor={id} className="font-semibold">
          {t(`privacy.purpose.${purpose}`)}
        </label>
      </div>
      <details className="ml-8 text-sm" data-testid={`words-${purpose}`}>
        <summary className="min-h-6 cursor-pointer text-muted">
          {t("onboarding.readWords")}
          <span className="sr-only"> {t(`privacy.purpose.${purpose}`)}</span>
        </summary>
        <p className="mt-2 whitespace-pre-line">{text}</p>
      </details>
    </li>
  );
}

/** What is agreed to, each by a box of its own: nothing is ticked beforehand, and the words open in place. */
export function Boxes({ left, ticks }: { left: Left[]; ticks: Ticks }) {
  const t = useT();
  if (left.length === 0) return null;
  return (
    <fieldset className="mb-4" data-testid="onboarding-consents">
      <legend className="mb-1 font-semibold">{t("onboarding.consents")}</legend>
      <p className="text-sm text-muted">{t("onboarding.consentsHint")}</p>
      <ul>
        {left.map((one) => (
          <Box key={one.purpose} left={one} ticks={ticks} />
        ))}
      </ul>
    </fieldset>
  );
}
