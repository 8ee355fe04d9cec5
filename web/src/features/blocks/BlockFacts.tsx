import type { Block } from "viem";
import { formatCount } from "../../shared/format/number.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { Badge } from "../../shared/ui/Badge.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Facts } from "../../shared/ui/values/Facts.tsx";
import { HexText } from "../../shared/ui/values/HexText.tsx";

export interface IndexedBlock {
  number: number;
  hash: string;
  parentHash: string;
  timestamp: number;
  final: boolean;
  orphans: { hash: string; timestamp: number }[];
}

/** The block as the chain shows it now, and whether the indexer agrees. */
export function BlockFacts({
  live,
  indexed,
  source,
}: {
  live: Block;
  indexed: IndexedBlock | undefined;
  source: string;
}) {
  const t = useT();
  const agrees = indexed?.hash === live.hash;
  return (
    <Panel title={t("block.facts")} source={source}>
      <Facts
        facts={[
          { name: t("block.hash"), value: <HexText value={live.hash ?? ""} ends={10} /> },
          { name: t("block.parent"), value: <HexText value={live.parentHash} ends={10} /> },
          { name: t("block.proposer"), value: <HexText value={live.miner ?? ""} ends={6} /> },
          { name: t("block.transactions"), value: formatCount(live.transactions.length) },
          {
            name: t("block.standing"),
            value: !indexed ? (
              <Badge>{t("block.notIndexed")}</Badge>
            ) : !agrees ? (
              <Badge tone="warning">{t("block.disputed")}</Badge>
            ) : indexed.final ? (
              <Badge tone="success">{t("state.final")}</Badge>
            ) : (
              <Badge tone="info">{t("block.notFinal")}</Badge>
            ),
          },
        ]}
      />
    </Panel>
  );
}
