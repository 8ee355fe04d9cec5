import { formatAmount } from "../../shared/format/amount.ts";
import { download, toCsv } from "../../shared/format/file.ts";
import { useIndexer } from "../../shared/graphql/indexer.ts";
import { useValidatorNames } from "../../shared/graphql/validator-names.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { Button } from "../../shared/ui/Button.tsx";
import type { Payment } from "./queries.ts";

/** The payments as CSV, stamped with the block that they stand for. */
export function ExportButton({ payments, isComplete }: { payments: Payment[]; isComplete: boolean }) {
  const t = useT();
  const nameOf = useValidatorNames();
  const { status } = useIndexer();
  function save() {
    const stamp = status?.indexed;
    const head = [
      "time_utc",
      "kind",
      "validator_id",
      "validator",
      "position_id",
      "amount_tburn",
      "block",
      "transaction",
    ];
    const rows = payments.map((p) => [
      new Date(p.at * 1000).toISOString(),
      p.kind,
      String(p.validatorId),
      nameOf(p.validatorId),
      p.positionId ?? "",
      formatAmount(BigInt(p.amount)).replaceAll(",", ""),
      String(p.blockNumber),
      p.transactionHash,
    ]);
    const foot = [
      "indexed_to_block",
      String(stamp?.number ?? ""),
      stamp?.hash ?? "",
      isComplete ? "complete" : "partial",
    ];
    download(`tburn-rewards-${stamp?.number ?? 0}.csv`, "text/csv", toCsv([head, ...rows, foot]));
  }
  return (
    <Button data-testid="export-csv" onClick={save}>
      {t(isComplete ? "rewards.export" : "rewards.exportPart")}
    </Button>
  );
}
