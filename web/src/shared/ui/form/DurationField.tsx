import { useT } from "../../i18n/i18n.ts";
import { Field, inputLook } from "./Field.tsx";

const units = { minutes: 60, hours: 3_600, days: 86_400 } as const;
type Unit = keyof typeof units;

/** A time span as it is written. */
export interface WrittenDuration {
  count: string;
  unit: Unit;
}

/** Whole seconds; undefined while it is no positive number. */
export function secondsOf({ count, unit }: WrittenDuration): number | undefined {
  if (!/^\d{1,5}$/.test(count.trim())) return undefined;
  const seconds = Number(count) * units[unit];
  return seconds > 0 ? seconds : undefined;
}

interface Props {
  label: string;
  hint?: string;
  error?: string;
  value: WrittenDuration;
  onChange: (value: WrittenDuration) => void;
}

/** Asks for a time span in the unit that fits. */
export function DurationField({ label, hint, error, value, onChange }: Props) {
  const t = useT();
  const isWrong = value.count.trim() !== "" && secondsOf(value) === undefined;
  return (
    <Field label={label} hint={hint} error={isWrong ? t("duration.wrong") : error}>
      {(ids) => (
        <div className="flex gap-2">
          <input
            {...ids}
            data-testid="duration-input"
            inputMode="numeric"
            autoComplete="off"
            value={value.count}
            onChange={(event) => onChange({ ...value, count: event.target.value })}
            className={`${inputLook} num`}
          />
          <select
            aria-label={`${label}: ${t("duration.unit")}`}
            data-testid="duration-unit"
            value={value.unit}
            onChange={(event) => onChange({ ...value, unit: event.target.value as Unit })}
            className={inputLook.replace("w-full", "w-36")}
          >
            {(Object.keys(units) as Unit[]).map((unit) => (
              <option key={unit} value={unit}>
                {t(`duration.${unit}`)}
              </option>
            ))}
          </select>
        </div>
      )}
    </Field>
  );
}
