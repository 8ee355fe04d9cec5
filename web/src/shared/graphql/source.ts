import { formatCount } from "../format/number.ts";
import { useT } from "../i18n/i18n.ts";
import { useIndexer } from "./indexer.ts";

/** Where numbers come from, in words for a tooltip or a panel's foot. */
export function useSources() {
  const t = useT();
  const { status } = useIndexer();
  const indexed = status?.indexed?.number;
  return {
    chain: (block: bigint | undefined) =>
      block === undefined ? t("source.chainPending") : t("source.chain", { block: formatCount(block) }),
    indexed: indexed === undefined ? t("source.indexedPending") : t("source.indexed", { block: formatCount(indexed) }),
  };
}
