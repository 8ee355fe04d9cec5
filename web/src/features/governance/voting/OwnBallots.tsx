import { useBook, useEntries } from "../../../shared/action/store.ts";
import { formatCount } from "../../../shared/format/number.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { useOwnBallots } from "../queries.ts";

const voting = ["cast-vote", "override-vote"];

/** Blocks of votes that this browser sent: known from the receipt, before the indexer has them. */
function useSent(id: string) {
  const entries = useEntries(useBook());
  return entries.filter(({ action, values, block }) => voting.includes(action) && values.id === id && block);
}

/** The reader's own ballots, and from which block on they count. */
export function OwnBallots({ id }: { id: string }) {
  const t = useT();
  const sent = useSent(id);
  const ballots = useOwnBallots(id);
  const known = new Set(ballots.map(({ blockNumber }) => blockNumber));
  const fresh = sent.filter(({ block }) => block && !known.has(block.number));
  return (
    <div className="grid gap-2" data-testid="own-ballots">
      {fresh.map(({ id: key, values, block }) => (
        <Notice key={key} tone="success" title={t("vote.mine", { choice: values.choice ?? "" })}>
          {t("vote.included", { block: formatCount(block?.number ?? 0) })}
        </Notice>
      ))}
      {ballots.map(({ support, isOverride, weight, reduced, blockNumber }) => (
        <Notice key={String(isOverride)} tone="success" title={t("vote.mine", { choice: t(`ballots.${support}`) })}>
          {t("vote.included", { block: formatCount(blockNumber) })}{" "}
          <Amount value={BigInt(weight) - BigInt(reduced)} digits={2} unit="" />{" "}
          {isOverride ? t("ballots.override") : ""}
        </Notice>
      ))}
      {fresh.length + ballots.length === 0 && <Notice tone="success" title={t("vote.counted")} />}
    </div>
  );
}
