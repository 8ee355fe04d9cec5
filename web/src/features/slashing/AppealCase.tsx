import { Appealing } from "../../shared/appeal/Appealing.tsx";
import { useT } from "../../shared/i18n/i18n.ts";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { appealCase } from "./actions/appeal-case.ts";
import { useCase } from "./queries.ts";

/** The appeal against a slashing case. */
export function AppealCase({ caseId }: { caseId: number }) {
  const t = useT();
  const found = useCase(caseId);
  return (
    <Answer query={found} lines={8}>
      {(known) =>
        known === null ? (
          <Empty title={t("case.missing")} reason={t("case.missingReason")} />
        ) : (
          <Appealing
            matter={{
              about: `case-${caseId}`,
              title: t("case.title", { id: caseId }),
              contract: "SlashingManager",
              subject: { name: "caseId", id: caseId },
              appealBy: known.deadlines.appealBy,
              canAppeal: known.can.appeal,
              isUntouched: known.state === "REPORTED",
              action: appealCase,
              inputOf: (hash) => ({ caseId, hash }),
            }}
          />
        )
      }
    </Answer>
  );
}
