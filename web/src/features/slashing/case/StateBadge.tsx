import { useT } from "../../../shared/i18n/i18n.ts";
import { Badge, type Tone } from "../../../shared/ui/Badge.tsx";
import type { SlashState } from "../kinds.ts";

const tones: Record<SlashState, Tone> = {
  NONE: "neutral",
  REPORTED: "warning",
  APPEALED: "info",
  DECIDED: "warning",
  EXECUTED: "danger",
  LAPSED: "neutral",
  OVERTURNED: "success",
};

export function StateBadge({ state }: { state: SlashState }) {
  const t = useT();
  return <Badge tone={tones[state]}>{t(`slashState.${state}`)}</Badge>;
}
