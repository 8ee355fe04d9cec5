import { getRouteApi, Link } from "@tanstack/react-router";
import { useT } from "../../shared/i18n/i18n.ts";
import { SignedIn } from "../../shared/session/SignedIn.tsx";
import { useStaffRoles } from "../../shared/session/staff-roles.ts";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { CaseDocuments } from "./CaseDocuments.tsx";
import { Checks } from "./Checks.tsx";
import { Decide } from "./Decide.tsx";
import { History } from "./History.tsx";
import { useCase } from "./queries.ts";
import { Recommend } from "./Recommend.tsx";
import { Revoke } from "./Revoke.tsx";
import { MemberRisk } from "./screening/MemberRisk.tsx";

const route = getRouteApi("/admin/kyc/$id");

function Case() {
  const { id } = route.useParams();
  const query = useCase(id);
  const roles = useStaffRoles();
  const mayWork = roles.data?.includes("compliance") ?? false;
  return (
    <Answer query={query} lines={12}>
      {(one) => (
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <CaseDocuments one={one} mayOpen={mayWork} />
          <div className="grid gap-5">
            <Checks one={one} />
            <MemberRisk memberId={one.memberId} />
            {mayWork && one.state === "review" && <Recommend one={one} />}
            {mayWork && one.state === "recommended" && <Decide one={one} />}
            {mayWork && (one.state === "approved" || one.revocations.length > 0) && <Revoke one={one} />}
            <History one={one} />
          </div>
        </div>
      )}
    </Answer>
  );
}

/** One case: documents on the left, everything else on the right. */
export function CasePage() {
  const t = useT();
  return (
    <>
      <PageHeader
        title={t("casework.title")}
        lead={t("casework.lead")}
        actions={
          <Link to="/admin" className={buttonLook("secondary")}>
            {t("work.title")}
          </Link>
        }
      />
      <SignedIn>{() => <Case />}</SignedIn>
    </>
  );
}
