import { formatTime } from "../../shared/format/number.ts";
import { useValidatorNames } from "../../shared/graphql/validator-names.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { type Column, DataTable } from "../../shared/ui/DataTable.tsx";
import { Amount } from "../../shared/ui/values/Amount.tsx";
import { BlockLink } from "../../shared/ui/values/BlockLink.tsx";
import { HexText } from "../../shared/ui/values/HexText.tsx";
import type { Payment } from "./queries.ts";

export function PaymentTable({ payments, source }: { payments: Payment[]; source: string }) {
  const t = useT();
  const locale = useLocale();
  const nameOf = useValidatorNames();
  const columns: Column<Payment>[] = [
    { key: "at", title: t("ui.time"), cell: ({ at }) => formatTime(at, locale) },
    { key: "kind", title: t("rewards.kind"), cell: ({ kind }) => t(`rewards.${kind}`) },
    { key: "validator", title: t("validator.one"), cell: ({ validatorId }) => nameOf(validatorId) },
    {
      key: "amount",
      title: t("ui.amount"),
      isNumber: true,
      cell: ({ amount }) => <Amount value={amount} source={source} digits={8} />,
    },
    { key: "fiat", title: t("rewards.fiat"), isMinor: true, cell: () => t("rewards.priceMissing") },
    {
      key: "block",
      title: t("block.one"),
      isMinor: true,
      cell: ({ blockNumber }) => <BlockLink number={blockNumber} />,
    },
    {
      key: "tx",
      title: t("ui.transaction"),
      isMinor: true,
      cell: ({ transactionHash }) => <HexText value={transactionHash} />,
    },
  ];
  return (
    <DataTable
      caption={t("rewards.payments")}
      columns={columns}
      rows={payments}
      rowKey={({ transactionHash, positionId, kind, validatorId }) =>
        `${transactionHash}-${positionId}-${kind}-${validatorId}`
      }
    />
  );
}
