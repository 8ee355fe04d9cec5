import { useChainRead } from "../../../shared/chain/read.ts";
import { formatAmount } from "../../../shared/format/amount.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { slashingOf } from "../queries.ts";

/** How much may still be slashed this week before the council has to ratify. */
export function Breaker() {
  const t = useT();
  const source = useSources();
  const { data, block } = useChainRead(["breaker"], ({ client, at }) =>
    client.readContract({ ...slashingOf(at), functionName: "breaker" }),
  );
  if (!data) return null;
  const [used, limit] = data;
  return (
    <p className="text-sm text-muted" title={source.chain(block)}>
      {t("case.breaker", { used: formatAmount(used, 2), limit: formatAmount(limit, 2) })}
    </p>
  );
}
