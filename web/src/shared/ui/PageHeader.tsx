import { type ReactNode, useEffect } from "react";

interface Props {
  title: string;
  lead?: string;
  actions?: ReactNode;
}

/** The one first heading of a screen; also names the browser's tab. */
export function PageHeader({ title, lead, actions }: Props) {
  useEffect(() => {
    document.title = `${title} · TBURN Members`;
  }, [title]);
  return (
    <div className="mb-5 flex flex-wrap items-end justify-between gap-3">
      <div>
        <h1 id="page-title" tabIndex={-1} className="text-2xl font-bold sm:text-[32px] sm:leading-tight">
          {title}
        </h1>
        {lead && <p className="mt-1 max-w-3xl text-muted">{lead}</p>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
