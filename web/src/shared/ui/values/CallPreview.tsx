import { useT } from "../../i18n/i18n.ts";

export interface PreviewedArgument {
  name: string;
  /** In words, beside what is sent. */
  shown?: string;
  sent: string;
}

interface Props {
  contract: string;
  functionName: string;
  args: PreviewedArgument[];
}

/** What will be signed, in the contract's own names, before the wallet asks. */
export function CallPreview({ contract, functionName, args }: Props) {
  const t = useT();
  return (
    <details data-testid="call-preview" className="rounded-lg border border-line bg-bg p-3" open>
      <summary className="min-h-6 cursor-pointer text-sm font-semibold">{t("preview.title")}</summary>
      <p className="mt-1 font-mono text-sm break-all">{`${contract}.${functionName}`}</p>
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 text-sm">
        {args.map(({ name, shown, sent }) => (
          <div key={name} className="contents">
            <dt className="font-mono text-muted">{name}</dt>
            <dd className="break-all">
              {shown && `${shown} · `}
              <span className="font-mono">{sent}</span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
