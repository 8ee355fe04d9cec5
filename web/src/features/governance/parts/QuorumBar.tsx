import { formatAmount } from "../../../shared/format/amount.ts";
import { formatBps } from "../../../shared/format/number.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { shareBps } from "../states.ts";

interface Props {
  /** Units that voted for or abstained. */
  counted: bigint;
  quorum: bigint;
  source: string;
}

/** How far a vote is on its way to the quorum. */
export function QuorumBar({ counted, quorum, source }: Props) {
  const t = useT();
  if (quorum === 0n) return <p className="text-sm text-muted">{t("proposal.quorumLater")}</p>;
  const isReached = counted >= quorum;
  const bps = shareBps(counted, quorum);
  const text = t(isReached ? "proposal.quorumReached" : "proposal.quorumMissing", {
    counted: formatAmount(counted, 0),
    quorum: formatAmount(quorum, 0),
    share: formatBps(bps),
  });
  return (
    <div title={source} data-testid="quorum" data-reached={isReached}>
      <progress aria-label={t("proposal.quorum")} max={10_000} value={Math.min(bps, 10_000)} className="h-2 w-full" />
      <p className="text-sm text-muted">{text}</p>
    </div>
  );
}
