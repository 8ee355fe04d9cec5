import { type ReactNode, useId } from "react";

interface Props {
  title: string;
  /** Where the numbers come from: "chain, block N" or "indexed to N". */
  source?: string;
  actions?: ReactNode;
  children: ReactNode;
  "data-testid"?: string;
}

/** A titled region of a screen. */
export function Panel({ title, source, actions, children, ...rest }: Props) {
  const id = useId();
  return (
    <section {...rest} aria-labelledby={id} className="rounded-lg border border-line bg-surface p-4 sm:p-5">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h2 id={id} className="text-xl font-semibold">
          {title}
        </h2>
        {actions}
      </div>
      {children}
      {source && <p className="mt-3 text-xs text-muted">{source}</p>}
    </section>
  );
}
