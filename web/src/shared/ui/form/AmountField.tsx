import type { Ref } from "react";
import { formatAmount, type ParsedAmount, parseAmount, writtenAmount } from "../../format/amount.ts";
import { useT } from "../../i18n/i18n.ts";
import { Field, inputLook } from "./Field.tsx";

interface Props {
  label: string;
  written: string;
  onChange: (written: string) => void;
  /** Most that can be asked for; undefined while unknown. */
  max: bigint | undefined;
  /** What `max` is, in words: "available", "delegated". */
  maxLabel: string;
  source?: string;
  /** A further refusal, shown when the amount itself is fine. */
  error?: string;
  unit?: string;
  inputRef?: Ref<HTMLInputElement>;
}

const shares = [25n, 50n, 75n, 100n];

/** What is wrong with a written amount, if anything; an empty field is not wrong yet. */
function amountRefusal(parsed: ParsedAmount, max: bigint | undefined) {
  if (!parsed.ok) return parsed.problem === "empty" ? undefined : (`amount.${parsed.problem}` as const);
  return max !== undefined && parsed.value > max ? ("amount.over" as const) : undefined;
}

/** Asks for an amount and refuses, in words, what cannot be meant. */
export function AmountField({
  label,
  written,
  onChange,
  max,
  maxLabel,
  source,
  error,
  unit = "TBURN",
  inputRef,
}: Props) {
  const t = useT();
  const refusal = amountRefusal(parseAmount(written), max);
  const known = max === undefined ? "…" : formatAmount(max, 6);
  return (
    <div>
      <Field
        label={label}
        error={refusal ? t(refusal, { max: known, unit }) : error}
        hint={<span title={source}>{t("amount.max", { what: maxLabel, max: known, unit })}</span>}
      >
        {(ids) => (
          <input
            {...ids}
            ref={inputRef}
            data-testid="amount-input"
            inputMode="decimal"
            autoComplete="off"
            spellCheck={false}
            placeholder="0.0"
            value={written}
            onChange={(event) => onChange(event.target.value)}
            className={`${inputLook} num text-xl`}
          />
        )}
      </Field>
      <div className="-mt-2 mb-4 flex flex-wrap gap-2">
        {shares.map((share) => (
          <button
            key={String(share)}
            type="button"
            onClick={() => max !== undefined && onChange(writtenAmount((max * share) / 100n))}
            className="min-h-8 rounded-lg border border-control bg-bg px-3 text-sm"
          >
            {share === 100n ? t("amount.all") : `${share}%`}
          </button>
        ))}
      </div>
    </div>
  );
}
