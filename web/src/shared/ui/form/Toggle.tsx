interface Props {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

/** A labelled tick box with a target of at least 24 px. */
export function Toggle({ label, isOn, onChange }: Props) {
  return (
    <label className="inline-flex min-h-8 items-center gap-2">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
        className="size-6 accent-(--primary)"
      />
      {label}
    </label>
  );
}
