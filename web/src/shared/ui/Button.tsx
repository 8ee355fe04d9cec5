import type { ButtonHTMLAttributes, ReactNode } from "react";

type Kind = "primary" | "secondary" | "quiet" | "danger";

const looks: Record<Kind, string> = {
  primary: "bg-primary text-on-primary border-primary",
  secondary: "bg-bg text-text border-control",
  quiet: "bg-transparent text-text border-transparent hover:bg-raised",
  danger: "bg-bg text-danger border-danger",
};
export const buttonLook = (kind: Kind = "secondary", wide = false) =>
  `inline-flex min-h-11 items-center justify-center gap-2 rounded-lg border px-4 py-2 text-base font-semibold no-underline sm:min-h-10 ${looks[kind]} ${wide ? "w-full" : ""}`;

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: Kind;
  wide?: boolean;
  busy?: boolean;
  children: ReactNode;
  "data-testid"?: string;
}

/** The only button. While `busy` it stays focusable and says so, but does nothing. */
export function Button({ kind = "secondary", wide, busy, children, className = "", onClick, ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={`${buttonLook(kind, wide)} ${className}`}
    >
      {busy && (
        <span
          aria-hidden="true"
          className="size-4 animate-spin rounded-full border-2 border-current border-t-transparent"
        />
      )}
      {children}
    </button>
  );
}
