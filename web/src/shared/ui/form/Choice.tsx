interface Props<Value extends string> {
  label: string;
  value: Value;
  options: { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** One of a few, all visible. */
export function Choice<Value extends string>({ label, value, options, onChange }: Props<Value>) {
  return (
    <fieldset className="inline-flex w-fit flex-wrap gap-1 rounded-lg border border-line p-1">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={`min-h-8 rounded px-3 text-sm ${option.value === value ? "bg-primary font-semibold text-on-primary" : "hover:bg-raised"}`}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
