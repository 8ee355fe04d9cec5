import { Link } from "@tanstack/react-router";
import { useContracts } from "../../shared/chain/read.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { SignedIn } from "../../shared/session/SignedIn.tsx";
import { useStaffRoles } from "../../shared/session/staff-roles.ts";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { HexText } from "../../shared/ui/values/HexText.tsx";
import { EntryCheck } from "./EntryCheck.tsx";
import { RangeCheck } from "./RangeCheck.tsx";

/** Whoever checks has to know what is compared with what: the address is published beside this site, too. */
function Source() {
  const t = useT();
  const address = useContracts().addressOf("AuditAnchor");
  return (
    <Panel title={t("audit.source")}>
      <p className="mb-2">{t("audit.sourceLead")}</p>
      <HexText value={address} full />
    </Panel>
  );
}

function Desk() {
  const roles = useStaffRoles();
  return (
    <Answer query={roles} lines={4}>
      {(held) => (
        <div className="grid gap-4">
          {held.includes("auditor") && <RangeCheck />}
          <EntryCheck />
          <Source />
        </div>
      )}
    </Answer>
  );
}

/** The audit trail against the chain: ranges for auditors, single entries for whom they concern, too. */
export function VerifyPage() {
  const t = useT();
  const back = (
    <Link className={buttonLook("secondary")} to="/audit">
      {t("audit.back")}
    </Link>
  );
  return (
    <>
      <PageHeader title={t("audit.chainTitle")} lead={t("audit.chainLead")} actions={back} />
      <SignedIn>{() => <Desk />}</SignedIn>
    </>
  );
}
