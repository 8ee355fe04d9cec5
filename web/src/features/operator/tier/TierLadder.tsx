import { formatAmount } from "../../../shared/format/amount.ts";
import { formatBps } from "../../../shared/format/number.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { type Column, DataTable } from "../../../shared/ui/DataTable.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { type Tier, tiers } from "./tiers.ts";

/** Each tier with what is still missing for it. */
export function TierLadder({ self, kyc, source }: { self: bigint; kyc: number; source: string }) {
  const t = useT();
  const gap = (tier: Tier) => {
    const missing = tier.selfStake > self ? tier.selfStake - self : 0n;
    if (missing === 0n && kyc >= tier.kyc) return <Badge tone="success">{t("tier.reached")}</Badge>;
    const words = [
      ...(missing > 0n ? [t("tier.stakeGap", { amount: formatAmount(missing, 2) })] : []),
      ...(kyc < tier.kyc ? [t("tier.kycGap", { level: t(`kyc.${tier.kyc}`) })] : []),
    ];
    return words.join(" · ");
  };
  const columns: Column<Tier>[] = [
    { key: "name", title: t("tier.name"), cell: ({ name }) => <strong>{t(`tier.${name}`)}</strong> },
    {
      key: "stake",
      title: t("tier.selfStake"),
      isNumber: true,
      cell: ({ selfStake }) => `${formatAmount(selfStake)} TBURN`,
    },
    { key: "kyc", title: "KYC", cell: (tier) => t(`kyc.${tier.kyc}`) },
    {
      key: "band",
      title: t("validator.commission"),
      isNumber: true,
      cell: ({ minBps, maxBps }) => `${formatBps(minBps)} – ${formatBps(maxBps)}`,
    },
    { key: "gap", title: t("tier.gap"), cell: gap },
  ];
  return (
    <Panel title={t("tier.title")} source={source}>
      <DataTable caption={t("tier.title")} columns={columns} rows={[...tiers]} rowKey={({ name }) => name} />
    </Panel>
  );
}
