import { formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { type Column, DataTable } from "../../shared/ui/DataTable.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { Amount } from "../../shared/ui/values/Amount.tsx";
import { HexText } from "../../shared/ui/values/HexText.tsx";
import { toShown } from "./vault/shares.ts";

export interface Movement {
  kind: "DEPOSIT" | "REDEMPTION_REQUESTED" | "REDEMPTION_PAID";
  assets: string;
  shares: string;
  at: number;
  transactionHash: string;
}

/** What the wallet put in and took out. */
export function History({ movements, source }: { movements: readonly Movement[]; source: string }) {
  const t = useT();
  const locale = useLocale();
  const columns: Column<Movement>[] = [
    { key: "kind", title: t("liquid.kind"), cell: ({ kind }) => t(`liquid.kind.${kind}`) },
    {
      key: "assets",
      title: "TBURN",
      isNumber: true,
      cell: ({ assets }) => <Amount value={assets} source={source} digits={6} unit="" />,
    },
    {
      key: "shares",
      title: "sTBURN",
      isNumber: true,
      cell: ({ shares }) => <Amount value={toShown(BigInt(shares))} source={source} digits={6} unit="" />,
    },
    { key: "at", title: t("ui.time"), cell: ({ at }) => formatTime(at, locale) },
    {
      key: "tx",
      title: t("ui.transaction"),
      isMinor: true,
      cell: ({ transactionHash }) => <HexText value={transactionHash} />,
    },
  ];
  return (
    <Panel title={t("liquid.history")} source={source} data-testid="liquid-history">
      {movements.length === 0 ? (
        <Empty title={t("liquid.noHistory")} reason={t("liquid.noHistoryReason")} />
      ) : (
        <DataTable
          caption={t("liquid.history")}
          columns={columns}
          rows={[...movements]}
          rowKey={({ transactionHash, kind }) => `${transactionHash}-${kind}`}
          rowTestId="liquid-movement"
        />
      )}
    </Panel>
  );
}
