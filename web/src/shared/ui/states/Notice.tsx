import type { ReactNode } from "react";
import type { Tone } from "../Badge.tsx";

const looks: Record<Tone, string> = {
  neutral: "border-control",
  info: "border-info",
  success: "border-success",
  warning: "border-warning",
  danger: "border-danger",
};

/** Something to know before going on. */
export function Notice({ tone = "info", title, children }: { tone?: Tone; title?: string; children?: ReactNode }) {
  return (
    <div className={`rounded-lg border border-l-4 bg-bg p-3 ${looks[tone]}`}>
      {title && <p className="font-semibold">{title}</p>}
      {children && <div className="text-sm">{children}</div>}
    </div>
  );
}
