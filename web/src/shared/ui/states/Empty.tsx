import type { ReactNode } from "react";

/** What would be here, why it is not, and one thing to do. */
export function Empty({ title, reason, children }: { title: string; reason?: string; children?: ReactNode }) {
  return (
    <div className="rounded-lg border border-dashed border-control p-6 text-center">
      <p className="font-semibold">{title}</p>
      {reason && <p className="mt-1 text-muted">{reason}</p>}
      {children && <div className="mt-4 flex justify-center gap-2">{children}</div>}
    </div>
  );
}
