import { Link } from "@tanstack/react-router";
import { useStanding } from "../../../shared/action/gate/use-gate.ts";
import { formatBps, formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import type { Key } from "../../../shared/i18n/ko.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { Facts } from "../../../shared/ui/values/Facts.tsx";
import type { MyValidator } from "../queries.ts";
import { UptimeStrip } from "./UptimeStrip.tsx";

export interface Epoch {
  epoch: number;
  uptimeBps: number;
  missed: number;
  down: boolean;
}

interface Props {
  validator: MyValidator;
  epochs: readonly Epoch[] | undefined;
  rank: number | undefined;
  chain: string;
  indexed: string;
}

/** Why the validator earns nothing now. */
function reasonOf(validator: MyValidator, status: string | undefined): Key {
  if (validator.isTombstoned) return "closed.tombstoned";
  if (validator.jailedUntil !== 0) return "closed.jailed";
  if (status !== undefined && status !== "active") return `member.${status}` as Key;
  return "health.outside";
}

/** Whether the validator is in the set, does its duties, and earns. */
export function Health({ validator, epochs, rank, chain, indexed }: Props) {
  const t = useT();
  const locale = useLocale();
  const { data: standing } = useStanding();
  const { isActive, isEarning, jailedUntil, openCases, reports, uptimeBps, activeCount, maxActive } = validator;
  const place = rank === undefined ? "…" : t("health.rank", { rank });
  return (
    <Panel title={t("health.title")} source={`${chain} · ${indexed}`} data-testid="operator-health">
      <Facts
        facts={[
          {
            name: t("health.set"),
            value: (
              <span title={chain}>
                <Badge tone={isActive ? "success" : "neutral"}>
                  {t(isActive ? "status.active" : "status.inactive")}
                </Badge>{" "}
                <span className="text-sm text-muted">
                  {place} · {t("health.places", { n: activeCount, most: maxActive })}
                </span>
              </span>
            ),
          },
          {
            name: t("health.earning"),
            value: isEarning ? (
              <Badge tone="success">{t("health.earns")}</Badge>
            ) : (
              <Badge tone="warning">{t(reasonOf(validator, standing?.status))}</Badge>
            ),
          },
          {
            name: t("health.uptime"),
            value: (
              <span className="num" title={chain}>
                {reports === 0 ? t("gap.noReports") : t("health.mean", { value: formatBps(uptimeBps), n: reports })}
              </span>
            ),
          },
          { name: t("validator.self"), value: <Amount value={validator.self} source={chain} /> },
          { name: t("validator.delegated"), value: <Amount value={validator.delegated} source={chain} /> },
          ...(jailedUntil === 0 ? [] : [{ name: t("closed.jailed"), value: formatTime(jailedUntil, locale) }]),
          {
            name: t("health.cases"),
            value:
              openCases === 0 ? (
                "0"
              ) : (
                <Link to={"/operator/slashes" as string} className="link inline-flex min-h-6 items-center">
                  <Badge tone="danger">{openCases}</Badge>
                </Link>
              ),
          },
        ]}
      />
      {epochs && <UptimeStrip epochs={epochs} />}
    </Panel>
  );
}
