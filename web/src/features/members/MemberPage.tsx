import { getRouteApi, Link } from "@tanstack/react-router";
import { useT } from "../../shared/i18n/i18n.ts";
import { SignedIn } from "../../shared/session/SignedIn.tsx";
import { useStaffRoles } from "../../shared/session/staff-roles.ts";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { type Member, useMember } from "./queries.ts";
import { isMemberId } from "./search.ts";
import { Cases } from "./sections/Cases.tsx";
import { ChainFacts, Sanctions } from "./sections/ChainFacts.tsx";
import { IdentityFacts } from "./sections/IdentityFacts.tsx";
import { LegalHold } from "./sections/LegalHold.tsx";
import { PublicFacts } from "./sections/PublicFacts.tsx";
import { Registrations } from "./sections/Registrations.tsx";
import { StaffRoles } from "./sections/StaffRoles.tsx";

const route = getRouteApi("/admin/members/$id");

function Known({ member, roles }: { member: Member; roles: string[] }) {
  const t = useT();
  const { accountId } = member;
  const isCompliance = roles.includes("compliance");
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <div className="grid gap-5">
        <PublicFacts member={member} />
        <ChainFacts member={member} />
        <Sanctions member={member} />
      </div>
      {accountId === null ? (
        <Notice>{t("member.noAccount")}</Notice>
      ) : (
        <div className="grid gap-5">
          <IdentityFacts accountId={accountId} mayReveal={isCompliance} />
          <Cases accountId={accountId} />
          <Registrations accountId={accountId} />
          <StaffRoles accountId={accountId} />
          <LegalHold accountId={accountId} mayPropose={isCompliance} />
        </div>
      )}
    </div>
  );
}

function Looked({ id, roles }: { id: string; roles: string[] }) {
  const t = useT();
  const member = useMember(id);
  return (
    <Answer query={member} lines={12}>
      {(found) =>
        found ? (
          <Known member={found} roles={roles} />
        ) : (
          <Empty title={t("member.missing")} reason={t("member.missingReason")} />
        )
      }
    </Answer>
  );
}

function Staff() {
  const t = useT();
  const { id } = route.useParams();
  const roles = useStaffRoles();
  return (
    <Answer query={roles} lines={12}>
      {(held) => {
        if (held.length === 0) return <Empty title={t("work.notStaff")} reason={t("work.notStaffReason")} />;
        if (!isMemberId(id)) return <Empty title={t("member.missing")} reason={t("member.missingReason")} />;
        // Another member is another page: nothing that was shown of one stays for the next.
        return <Looked key={id} id={id} roles={held} />;
      }}
    </Answer>
  );
}

/** One member, as far as the reader's role goes. */
export function MemberPage() {
  const t = useT();
  return (
    <>
      <PageHeader
        title={t("member.title")}
        lead={t("member.lead")}
        actions={
          <Link to="/admin/members" className={buttonLook("secondary")}>
            {t("members.title")}
          </Link>
        }
      />
      <SignedIn>{() => <Staff />}</SignedIn>
    </>
  );
}
