import { type ReactNode, useId } from "react";

interface Props {
  label: string;
  hint?: ReactNode;
  error?: string;
  children: (ids: { id: string; "aria-describedby": string | undefined; "aria-invalid": boolean }) => ReactNode;
}

export const inputLook =
  "w-full min-h-11 rounded-lg border border-control bg-bg px-3 py-2 text-base text-text placeholder:text-muted";

/** A labelled control with its hint and its refusal in words. */
export function Field({ label, hint, error, children }: Props) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div className="mb-4">
      <label htmlFor={id} className="mb-1 block font-semibold">
        {label}
      </label>
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error !== undefined })}
      {hint && (
        <div id={`${id}-hint`} className="mt-1 text-sm text-muted">
          {hint}
        </div>
      )}
      <p id={`${id}-error`} className="mt-1 text-sm text-danger" aria-live="polite">
        {error ?? ""}
      </p>
    </div>
  );
}
