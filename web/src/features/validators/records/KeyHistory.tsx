import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { DataTable } from "../../../shared/ui/DataTable.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";

export interface ConsensusKey {
  key: string;
  keyType: "SECP256K1" | "P256";
  validFrom: number;
  validUntil: number | null;
}

/** Keys with which the validator signed, and when: evidence is checked against them. */
export function KeyHistory({ keys, source }: { keys: ConsensusKey[]; source: string }) {
  const t = useT();
  const locale = useLocale();
  return (
    <Panel title={t("keyHistory.title")} source={source}>
      <DataTable
        caption={t("keyHistory.title")}
        rows={keys.toReversed()}
        rowKey={({ key }) => key}
        columns={[
          { key: "key", title: t("keyHistory.key"), cell: ({ key }) => <HexText value={key} ends={6} /> },
          {
            key: "type",
            title: t("keyProof.type"),
            isMinor: true,
            cell: ({ keyType }) => t(keyType === "P256" ? "keyProof.p256" : "keyProof.secp256k1"),
          },
          { key: "from", title: t("keyHistory.from"), cell: ({ validFrom }) => formatTime(validFrom, locale) },
          {
            key: "until",
            title: t("keyHistory.until"),
            cell: ({ validUntil }) =>
              validUntil === null ? (
                <Badge tone="success">{t("keyHistory.inUse")}</Badge>
              ) : (
                formatTime(validUntil, locale)
              ),
          },
        ]}
      />
    </Panel>
  );
}
