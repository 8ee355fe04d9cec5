import { useT } from "../../shared/i18n/i18n.ts";
import { Badge } from "../../shared/ui/Badge.tsx";
import type { ListedValidator } from "./queries.ts";

const tierKeys = {
  BASIC_USER: "tier.none",
  CANDIDATE_VALIDATOR: "tier.candidate",
  ACTIVE_VALIDATOR: "tier.active",
  ENTERPRISE_VALIDATOR: "tier.enterprise",
} as const;

/** Whether a validator works, waits, or is held. */
export function Standing({ validator }: { validator: Omit<ListedValidator, "slashes"> }) {
  const t = useT();
  if (validator.tombstoned) return <Badge tone="danger">{t("status.tombstoned")}</Badge>;
  if (validator.jailedUntil !== null) return <Badge tone="danger">{t("status.jailed")}</Badge>;
  if (validator.openCases > 0) return <Badge tone="warning">{t("status.case")}</Badge>;
  return validator.active ? <Badge tone="success">{t("status.active")}</Badge> : <Badge>{t("status.inactive")}</Badge>;
}

export function Grade({ tier }: { tier: ListedValidator["tier"] }) {
  const t = useT();
  return <span>{t(tierKeys[tier])}</span>;
}
