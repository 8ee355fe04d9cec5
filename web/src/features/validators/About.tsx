import { formatBps, formatCount, formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Amount } from "../../shared/ui/values/Amount.tsx";
import { Facts } from "../../shared/ui/values/Facts.tsx";
import type { ValidatorDetail } from "./queries.ts";
import { Grade, Standing } from "./Standing.tsx";

interface Props {
  validator: ValidatorDetail;
  self: bigint | undefined;
  delegated: bigint | undefined;
  chain: string;
  indexed: string;
}

/** What is known about a validator besides its history. */
export function About({ validator: v, self, delegated, chain, indexed }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <Panel title={t("validator.about")} source={`${chain} · ${indexed}`}>
      <Facts
        facts={[
          { name: t("validators.status"), value: <Standing validator={v} /> },
          { name: t("tier.name"), value: <Grade tier={v.tier} /> },
          { name: t("validator.self"), value: <Amount value={self ?? v.selfStake} source={chain} /> },
          {
            name: t("validator.delegated"),
            value: <Amount value={delegated ?? v.delegatedStake} source={chain} />,
          },
          {
            name: t("validator.capacity"),
            value:
              v.capacity === null ? t("review.unlimited") : <Amount value={v.capacity} source={indexed} digits={0} />,
          },
          {
            name: t("review.minimum"),
            value: <Amount value={v.minDelegation === "0" ? 100n * 10n ** 18n : v.minDelegation} source={indexed} />,
          },
          { name: t("commission.personalMax"), value: formatBps(v.maxCommissionBps) },
          { name: t("validator.positions"), value: formatCount(v.positionCount) },
          { name: t("validator.rewardsTotal"), value: <Amount value={v.rewardsTotal} source={indexed} /> },
          { name: t("validator.registered"), value: formatTime(v.registeredAt, locale) },
        ]}
      />
    </Panel>
  );
}
