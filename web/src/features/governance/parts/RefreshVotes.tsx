import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { refreshVotes } from "../actions/refresh-votes.ts";
import { useProtocol } from "../protocol.ts";
import { useMyUnits } from "../voting/my-units.ts";

/** Counts the reader's units anew where that would change them. */
export function RefreshVotes() {
  const t = useT();
  const protocol = useProtocol();
  const { data, memberNo } = useMyUnits();
  if (!data?.isStale || memberNo === 0n) return null;
  return (
    <div className="grid gap-3" data-testid="stale-votes">
      <Notice tone="warning" title={t("refresh.stale")}>
        {t("refresh.reason")}
      </Notice>
      <ActionButton
        action={refreshVotes}
        input={{ protocol, memberNo, positionIds: data.moved }}
        label={t("refresh.button")}
        kind="secondary"
        testId="refresh-votes"
      />
    </div>
  );
}
