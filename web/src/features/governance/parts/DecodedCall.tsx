import { useT } from "../../../shared/i18n/i18n.ts";
import type { DecodedArgument } from "../queries.ts";
import { placed } from "./placed.ts";

const written = (value: unknown): string =>
  typeof value === "object" && value !== null
    ? JSON.stringify(value, (_, part) => (typeof part === "bigint" ? String(part) : part), 1)
    : String(value);

interface Props {
  contract: string;
  /** Name with parameter types. */
  signature: string;
  args: DecodedArgument[];
}

/** A call in words: whose function, with which arguments. */
export function DecodedCall({ contract, signature, args }: Props) {
  const t = useT();
  return (
    <>
      <p className="font-mono text-sm break-all" title={signature}>
        <span className="text-muted">{contract}.</span>
        <strong>{signature.split("(")[0]}</strong>
      </p>
      {args.length === 0 ? (
        <p className="text-sm text-muted">{t("calls.noArguments")}</p>
      ) : (
        <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 text-sm">
          {placed(args).map(({ item: { name, type, value }, place }) => (
            <div key={place} className="contents">
              <dt className="font-mono text-muted" title={type}>
                {name || `#${place + 1}`}
              </dt>
              <dd className="font-mono break-all whitespace-pre-wrap">{written(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
