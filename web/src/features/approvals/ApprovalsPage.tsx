import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useT } from "../../shared/i18n/i18n.ts";
import { SignedIn } from "../../shared/session/SignedIn.tsx";
import { Refused } from "../../shared/session/session.ts";
import { useStaffRoles } from "../../shared/session/staff-roles.ts";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { Choice } from "../../shared/ui/form/Choice.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { Colleagues } from "./Colleagues.tsx";
import { ProposalCard } from "./ProposalCard.tsx";
import { ProposeRole } from "./ProposeRole.tsx";
import { useProposals } from "./queries.ts";

type State = "open" | "decided";

function Proposals() {
  const t = useT();
  const [state, setState] = useState<State>("open");
  const proposals = useProposals(state);
  const { data: roles = [] } = useStaffRoles();
  if (proposals.error instanceof Refused && proposals.error.status === 403) {
    return <Empty title={t("work.notStaff")} reason={t("work.notStaffReason")} />;
  }
  const nothing =
    state === "open" ? (
      <Empty title={t("approvals.none")} reason={t("approvals.noneReason")} />
    ) : (
      <Empty title={t("approvals.noneDecided")} />
    );
  const isAdministrator = roles.includes("administrator");
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
      <Panel
        title={t(`approvals.${state}`)}
        data-testid="proposals"
        actions={
          <Choice
            label={t("approvals.which")}
            value={state}
            options={(["open", "decided"] as const).map((value) => ({ value, label: t(`approvals.${value}`) }))}
            onChange={setState}
          />
        }
      >
        <Answer query={proposals} lines={6}>
          {(list) =>
            list.length === 0 ? (
              nothing
            ) : (
              <ul className="grid gap-3">
                {list.map((one) => (
                  <ProposalCard key={one.id} proposal={one} now={proposals.dataUpdatedAt} />
                ))}
              </ul>
            )
          }
        </Answer>
      </Panel>
      {(isAdministrator || roles.includes("auditor")) && (
        <div className="grid gap-5">
          {isAdministrator && <ProposeRole />}
          <Colleagues />
        </div>
      )}
    </div>
  );
}

/** What takes two people: what waits, what was decided, and proposing a role. */
export function ApprovalsPage() {
  const t = useT();
  return (
    <>
      <PageHeader
        title={t("approvals.title")}
        lead={t("approvals.lead")}
        actions={
          <Link to="/admin" className={buttonLook("secondary")}>
            {t("work.title")}
          </Link>
        }
      />
      <SignedIn>{() => <Proposals />}</SignedIn>
    </>
  );
}
