import { formatBps, formatCount, formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Amount } from "../../shared/ui/values/Amount.tsx";
import { Facts } from "../../shared/ui/values/Facts.tsx";
import type { ChainValidator, ValidatorDetail } from "./queries.ts";
import { Grade, Standing } from "./Standing.tsx";

interface Props {
  validator: ValidatorDetail;
  /** As the chain has it, once it is read. */
  known: ChainValidator | undefined;
  chain: string;
  indexed: string;
}

/** What is known about a validator besides its history. */
export function About({ validator: v, known, chain, indexed }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <Panel title={t("validator.about")} source={`${chain} · ${indexed}`}>
      <Facts
        facts={[
          { name: t("validators.status"), value: <Standing validator={known ?? v} /> },
          { name: t("tier.name"), value: <Grade tier={known?.shownTier ?? v.member.shownTier} /> },
          {
            name: t("uptime.mean"),
            value: (
              <span title={chain}>
                {known?.uptimeBps === undefined ? t("uptime.noReport") : formatBps(known.uptimeBps)}
              </span>
            ),
          },
          { name: t("validator.self"), value: <Amount value={known?.self ?? v.selfStake} source={chain} /> },
          {
            name: t("validator.delegated"),
            value: <Amount value={known?.delegated ?? v.delegatedStake} source={chain} />,
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
