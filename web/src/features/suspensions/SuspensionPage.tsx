import { Link } from "@tanstack/react-router";
import { useT } from "../../shared/i18n/i18n.ts";
import { StatementCheck } from "../../shared/statement/StatementCheck.tsx";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { SuspensionActions } from "./deciding/SuspensionActions.tsx";
import { useRecordedSuspension, useSuspension } from "./queries.ts";
import { SuspensionFacts } from "./SuspensionFacts.tsx";
import { SuspensionTimeline } from "./SuspensionTimeline.tsx";

/** A member's suspension: reason, term, appeal, decision, and the way back. */
export function SuspensionPage({ suspensionId }: { suspensionId: number }) {
  const t = useT();
  const found = useSuspension(suspensionId);
  const told = useRecordedSuspension(suspensionId).data?.suspension ?? undefined;
  return (
    <>
      <PageHeader title={t("suspension.title", { id: suspensionId })} lead={t("suspension.lead")} />
      <Answer query={found} lines={8}>
        {(known) =>
          known === null ? (
            <Empty title={t("suspension.missing")} reason={t("case.missingReason")}>
              <Link to="/appeals" className={buttonLook("primary")}>
                {t("appeals.title")}
              </Link>
            </Empty>
          ) : (
            <div className="grid items-start gap-5 lg:grid-cols-2">
              <div className="grid gap-5">
                <SuspensionFacts known={known} block={found.block} />
                <Panel title={t("evidence.title")}>
                  <p className="mb-3 text-sm text-muted">{t("suspension.evidence")}</p>
                  <StatementCheck hash={known.evidenceHash} label={t("evidence.check")} />
                </Panel>
                {known.decideBy !== 0 && (
                  <Panel title={t("statement.title")}>
                    <StatementCheck hash={known.statementHash} label={t("statement.check")} />
                  </Panel>
                )}
              </div>
              <div className="grid gap-5">
                <SuspensionTimeline known={known} told={told} block={found.block} />
                <SuspensionActions known={known} />
              </div>
            </div>
          )
        }
      </Answer>
    </>
  );
}
