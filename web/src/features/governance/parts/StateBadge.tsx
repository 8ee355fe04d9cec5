import { useT } from "../../../shared/i18n/i18n.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { type State, tones } from "../states.ts";

/** Where a proposal stands: a sign and a word. */
export function StateBadge({ state }: { state: State }) {
  const t = useT();
  return (
    <span data-testid="proposal-state" data-state={state}>
      <Badge tone={tones[state]}>{t(`proposal.state.${state}`)}</Badge>
    </span>
  );
}
