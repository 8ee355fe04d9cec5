import { Appealing } from "../../shared/appeal/Appealing.tsx";
import { useChainNow } from "../../shared/chain/head.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { appealSuspension } from "./actions/appeal-suspension.ts";
import { canAppeal, useSuspension } from "./queries.ts";

/** The appeal against a suspension. */
export function AppealSuspension({ suspensionId }: { suspensionId: number }) {
  const t = useT();
  const now = useChainNow();
  const found = useSuspension(suspensionId);
  return (
    <Answer query={found} lines={8}>
      {(known) =>
        known === null ? (
          <Empty title={t("suspension.missing")} reason={t("case.missingReason")} />
        ) : (
          <Appealing
            matter={{
              about: `suspension-${suspensionId}`,
              title: t("suspension.title", { id: suspensionId }),
              contract: "SuspensionManager",
              subject: { name: "suspensionId", id: suspensionId },
              appealBy: known.appealBy,
              canAppeal: canAppeal(known, now),
              isUntouched: known.state === "IMPOSED",
              action: appealSuspension,
              inputOf: (hash) => ({ suspensionId, hash }),
            }}
          />
        )
      }
    </Answer>
  );
}
