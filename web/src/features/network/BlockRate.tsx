import { useGraphql } from "../../shared/graphql/query.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { medianInterval } from "./median.ts";

const LATEST = `query LatestBlocks { blocks(first: 21) { nodes { timestamp } } }`;

/** Median seconds between the last twenty-one blocks. */
export function BlockRate() {
  const t = useT();
  const { indexed } = useSources();
  const { data } = useGraphql<{ blocks: { nodes: { timestamp: number }[] } }>("latest-blocks", LATEST);
  const seconds = data && medianInterval(data.blocks.nodes.map(({ timestamp }) => timestamp));
  if (seconds === undefined) return <span>…</span>;
  return <span title={indexed}>{t("network.perBlock", { seconds: seconds.toFixed(seconds < 10 ? 1 : 0) })}</span>;
}
