import { Link } from "@tanstack/react-router";
import { useT } from "../../shared/i18n/i18n.ts";
import { StatementCheck } from "../../shared/statement/StatementCheck.tsx";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { CaseFacts } from "./case/CaseFacts.tsx";
import { CaseOutcome, CaseTimeline } from "./case/CaseTimeline.tsx";
import { CaseActions } from "./deciding/CaseActions.tsx";
import { EvidencePanel } from "./evidence/EvidencePanel.tsx";
import { type ChainCase, useCase, useRecordedCase } from "./queries.ts";

function Detail({ known, block }: { known: ChainCase; block: bigint | undefined }) {
  const t = useT();
  const told = useRecordedCase(known.caseId).data?.slashCase ?? undefined;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <div className="grid gap-5">
        <CaseFacts known={known} told={told} block={block} />
        {told && <CaseOutcome told={told} />}
        {told?.statementHash && (
          <Panel title={t("statement.title")}>
            <StatementCheck hash={told.statementHash} label={t("statement.check")} />
          </Panel>
        )}
      </div>
      <div className="grid gap-5">
        <CaseTimeline known={known} told={told} block={block} />
        <CaseActions known={known} />
      </div>
      <div className="lg:col-span-2">
        {told?.evidence ? (
          <EvidencePanel evidence={told.evidence} evidenceHash={known.evidenceHash} validatorId={known.validatorId} />
        ) : (
          told && (
            <Panel title={t("evidence.title")}>
              <p className="mb-3 text-sm text-muted">
                {t(known.kind === "DOWNTIME" ? "evidence.reported" : "evidence.argued")}
              </p>
              {known.kind !== "DOWNTIME" && <StatementCheck hash={known.evidenceHash} label={t("evidence.check")} />}
            </Panel>
          )
        )}
      </div>
    </div>
  );
}

/** A slashing case: accusation, evidence, deadlines, verdict, and what it took. */
export function CasePage({ caseId }: { caseId: number }) {
  const t = useT();
  const found = useCase(caseId);
  return (
    <>
      <PageHeader title={t("case.title", { id: caseId })} lead={t("case.lead")} />
      <Answer query={found} lines={10}>
        {(known) =>
          known === null ? (
            <Empty title={t("case.missing")} reason={t("case.missingReason")}>
              <Link to="/appeals" className={buttonLook("primary")}>
                {t("appeals.title")}
              </Link>
            </Empty>
          ) : (
            <Detail known={known} block={found.block} />
          )
        }
      </Answer>
    </>
  );
}
