import { useT } from "../../shared/i18n/i18n.ts";
import { Badge, type Tone } from "../../shared/ui/Badge.tsx";
import type { ListedValidator, ShownTier } from "./queries.ts";

type Stood = Pick<ListedValidator, "tombstoned" | "jailedUntil" | "openCases" | "active">;

/** Whether a validator works, waits, or is held. */
export function Standing({ validator }: { validator: Stood }) {
  const t = useT();
  if (validator.tombstoned) return <Badge tone="danger">{t("status.tombstoned")}</Badge>;
  if (validator.openCases > 0) return <Badge tone="warning">{t("status.case")}</Badge>;
  if (validator.jailedUntil !== null) return <Badge tone="danger">{t("status.jailed")}</Badge>;
  return validator.active ? <Badge tone="success">{t("status.active")}</Badge> : <Badge>{t("status.inactive")}</Badge>;
}

const tones: Partial<Record<ShownTier, Tone>> = {
  PROBATION_VALIDATOR: "warning",
  SUSPENDED_VALIDATOR: "danger",
  SLASHED_VALIDATOR: "danger",
};

/** The tier as people read it; a sanction that hides it is marked. */
export function Grade({ tier }: { tier: ShownTier }) {
  const t = useT();
  const tone = tones[tier];
  const name = t(`shownTier.${tier}`);
  return tone ? <Badge tone={tone}>{name}</Badge> : <span>{name}</span>;
}
