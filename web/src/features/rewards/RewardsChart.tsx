import { formatAmount } from "../../shared/format/amount.ts";
import { drawable } from "../../shared/graphql/days.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { Chart } from "../../shared/ui/chart/Chart.tsx";
import { byMonth, kinds, type Payment } from "./queries.ts";

/** Payments by month and source. */
export function RewardsChart({ payments, source }: { payments: Payment[]; source: string }) {
  const t = useT();
  const months = byMonth(payments);
  const total = payments.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  return (
    <Chart
      title={t("rewards.chart")}
      summary={t("rewards.summary", { months: months.length, total: formatAmount(total, 4) })}
      kind="bars"
      unit="TBURN"
      series={kinds.map((kind) => t(`rewards.${kind}`))}
      points={months.map(({ month, totals }) => ({ label: month, values: totals.map((one) => drawable(String(one))) }))}
      source={source}
    />
  );
}
