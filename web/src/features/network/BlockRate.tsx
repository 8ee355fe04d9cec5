import { useChainRead } from "../../shared/chain/read.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useT } from "../../shared/i18n/i18n.ts";

const SPAN = 20n;

/** Seconds per block over the last twenty blocks. */
export function BlockRate() {
  const t = useT();
  const source = useSources();
  const { data, block } = useChainRead(["block-rate"], async ({ client }) => {
    const last = await client.getBlock();
    const span = last.number < SPAN ? last.number : SPAN;
    if (span === 0n) return undefined;
    const first = await client.getBlock({ blockNumber: last.number - span });
    return Number(last.timestamp - first.timestamp) / Number(span);
  });
  if (data === undefined) return <span>…</span>;
  return <span title={source.chain(block)}>{t("network.perBlock", { seconds: data.toFixed(data < 10 ? 1 : 0) })}</span>;
}
