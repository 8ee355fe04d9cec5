import { Link } from "@tanstack/react-router";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useStanding } from "../../../shared/action/gate/use-gate.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { useRoles } from "../../../shared/chain/roles.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { buttonLook } from "../../../shared/ui/Button.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { CallPreview } from "../../../shared/ui/values/CallPreview.tsx";
import { executeCase } from "../actions/execute-case.ts";
import { lapseCase } from "../actions/lapse-case.ts";
import { ratifyCase } from "../actions/ratify-case.ts";
import type { ChainCase } from "../queries.ts";
import { Breaker } from "./Breaker.tsx";
import { DecideForm } from "./DecideForm.tsx";

/** Whether the connected wallet runs the accused validator. */
function useIsAccused(validatorId: number) {
  const { address } = useStanding();
  return useChainRead(
    ["is-accused", address, validatorId],
    async ({ client, at }) => {
      const memberNo = await client.readContract({
        ...at.validators,
        functionName: "memberNoOf",
        args: [validatorId],
      });
      return client.readContract({
        ...at.members,
        functionName: "isOperator",
        args: [memberNo, address ?? "0x0000000000000000000000000000000000000000"],
      });
    },
    { enabled: address !== undefined },
  ).data;
}

const simple = {
  ratify: { action: ratifyCase, kind: "secondary" },
  execute: { action: executeCase, kind: "danger" },
  lapse: { action: lapseCase, kind: "secondary" },
} as const;

function Simple({ name, caseId }: { name: keyof typeof simple; caseId: number }) {
  const t = useT();
  const { action, kind } = simple[name];
  return (
    <div className="grid gap-3 rounded-lg border border-line p-3">
      <p className="text-sm text-muted">{t(`caseAct.${name}Meaning`)}</p>
      <CallPreview contract="SlashingManager" functionName={name} args={[{ name: "caseId", sent: String(caseId) }]} />
      <ActionButton
        action={action}
        input={{ caseId }}
        label={t(`caseAct.${name}`)}
        kind={kind}
        testId={`${name}-case`}
      />
    </div>
  );
}

/** What can be done about a case now: by the accused, by the council, by anyone. */
export function CaseActions({ known }: { known: ChainCase }) {
  const t = useT();
  const { data: roles, address } = useRoles();
  const isAccused = useIsAccused(known.validatorId) && address !== undefined;
  const isCouncil = roles?.includes("council") ?? false;
  const isReporter = address?.toLowerCase() === known.reporter.toLowerCase();
  const { can, caseId } = known;
  const isQuiet = !can.execute && !can.lapse && !(can.appeal && isAccused) && !(isCouncil && can.decide);
  return (
    <Panel title={t("case.actions")} data-testid="case-actions">
      <div className="grid gap-4">
        {can.appeal && isAccused && (
          <>
            <p className="text-sm text-muted">{t("caseAct.appealMeaning")}</p>
            <Link
              to="/appeals/new"
              search={{ case: caseId }}
              className={buttonLook("primary", true)}
              data-testid="to-appeal"
            >
              {t("appeal.verb")}
            </Link>
          </>
        )}
        {isCouncil && isReporter && (can.decide || can.ratify) && (
          <Notice tone="warning" title={t("decide.ownReport")} />
        )}
        {isCouncil && !isReporter && can.decide && <DecideForm key={caseId} known={known} />}
        {isCouncil && !isReporter && can.ratify && <Simple name="ratify" caseId={caseId} />}
        {can.execute && <Simple name="execute" caseId={caseId} />}
        {can.lapse && <Simple name="lapse" caseId={caseId} />}
        {isQuiet && <p className="text-muted">{t("case.nothingToDo")}</p>}
        <Breaker />
      </div>
    </Panel>
  );
}
