import { formatAmount } from "../../../shared/format/amount.ts";
import { formatBps } from "../../../shared/format/number.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import type { Key } from "../../../shared/i18n/ko.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { type Column, DataTable } from "../../../shared/ui/DataTable.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Facts } from "../../../shared/ui/values/Facts.tsx";
import { type MyGrade, useMyGrade } from "./grade.ts";
import { Promotion } from "./Promotion.tsx";

const STAKE = 0;
const KYC = 1;
const UPTIME = 2;
const POINTS = 3;
const STANDING = 4;

interface Row {
  name: string;
  has: string;
  needs: string;
  isMet: boolean;
}

/** Each requirement of the next tier beside what the chain knows. */
function useRows({ facts, next, points, minReports }: MyGrade): Row[] {
  const t = useT();
  if (!next) return [];
  const lacks = (bit: number) => ((next.missing >> BigInt(bit)) & 1n) === 1n;
  const isStaker = next.minDelegated > 0n;
  const tokens = (value: bigint) => `${formatAmount(value, 2)} TBURN`;
  const uptime = facts.epochs === 0 ? t("gap.noReports") : `${formatBps(facts.uptimeBps)} (${facts.epochs})`;
  return [
    {
      name: t(isStaker ? "gap.delegated" : "tier.selfStake"),
      has: tokens(isStaker ? facts.delegated : facts.selfStake),
      needs: tokens(isStaker ? next.minDelegated : next.minSelfStake),
      isMet: !lacks(STAKE),
    },
    {
      name: t("gap.kyc"),
      has: t(`kyc.${facts.kyc}` as Key),
      needs: t(`kyc.${next.minKyc}` as Key),
      isMet: !lacks(KYC),
    },
    ...(next.minUptimeBps === 0
      ? []
      : [
          {
            name: t("gap.uptime"),
            has: uptime,
            needs: t(minReports === 0 ? "gap.atLeast" : "gap.atLeastReports", {
              value: formatBps(next.minUptimeBps),
              n: minReports,
            }),
            isMet: !lacks(UPTIME),
          },
        ]),
    { name: t("gap.points"), has: String(points), needs: t("gap.belowThree"), isMet: !lacks(POINTS) },
    {
      name: t("gap.standing"),
      has: lacks(STANDING) ? t("gap.barred") : t("gap.good"),
      needs: t("gap.good"),
      isMet: !lacks(STANDING),
    },
  ];
}

function Gap({ grade }: { grade: MyGrade }) {
  const t = useT();
  const rows = useRows(grade);
  const columns: Column<Row>[] = [
    { key: "name", title: t("gap.condition"), cell: ({ name }) => name },
    { key: "has", title: t("gap.has"), isNumber: true, cell: ({ has }) => has },
    { key: "needs", title: t("gap.needs"), isNumber: true, cell: ({ needs }) => needs },
    {
      key: "met",
      title: t("gap.met"),
      cell: ({ isMet }) => (
        <Badge tone={isMet ? "success" : "warning"}>{t(isMet ? "tier.reached" : "gap.lacking")}</Badge>
      ),
    },
  ];
  return (
    <div className="grid gap-4">
      <Facts
        facts={[
          { name: t("gap.inForce"), value: <strong>{t(`memberTier.${grade.tier}` as Key)}</strong> },
          { name: t("gap.supported"), value: t(`memberTier.${grade.supported}` as Key) },
        ]}
      />
      <Promotion grade={grade} />
      {grade.next && (
        <>
          <h3 className="font-semibold">{t("gap.next", { tier: t(`memberTier.${grade.next.tier}` as Key) })}</h3>
          <DataTable caption={t("gap.title")} columns={columns} rows={rows} rowKey={({ name }) => name} />
        </>
      )}
    </div>
  );
}

/** Tier in force, what the facts support, and what the next tier still asks for. */
export function TierGap({ source }: { source: string }) {
  const t = useT();
  const grade = useMyGrade();
  return (
    <Panel title={t("gap.title")} source={source} data-testid="tier-gap">
      <Answer query={grade} lines={5}>
        {(found) => <Gap grade={found} />}
      </Answer>
    </Panel>
  );
}
