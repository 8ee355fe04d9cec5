import { Link } from "@tanstack/react-router";
import { useT } from "../../shared/i18n/i18n.ts";
import { SignedIn } from "../../shared/session/SignedIn.tsx";
import type { Session } from "../../shared/session/session.ts";
import { useStaffRoles } from "../../shared/session/staff-roles.ts";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Apply } from "./Apply.tsx";
import { Attest } from "./Attest.tsx";
import { Documents } from "./documents/Documents.tsx";
import { Ladder } from "./Ladder.tsx";
import { type OwnKyc, useOwnKyc } from "./queries.ts";
import { Standing } from "./Standing.tsx";

function mayApply({ case: own, standing }: OwnKyc): boolean {
  const isOver = own === null || own.isAttested || ["rejected", "expired", "revoked"].includes(own.state);
  const isEarly = standing.reapplyAfter !== null && Date.parse(standing.reapplyAfter) > Date.now();
  return isOver && !isEarly && standing.level < 3;
}

function Own({ session }: { session: Session }) {
  const t = useT();
  const query = useOwnKyc(session);
  const roles = useStaffRoles();
  return (
    <Answer query={query} lines={8}>
      {(own) => (
        <div className="grid items-start gap-5 lg:grid-cols-2">
          {(roles.data?.length ?? 0) > 0 && (
            <Link to="/admin" className={`lg:col-span-2 ${buttonLook("secondary")}`}>
              {t("work.title")}
            </Link>
          )}
          <Ladder held={own.standing.level} wanted={own.case?.state === "approved" ? undefined : own.case?.level} />
          <div className="grid gap-5">
            {own.case && <Standing own={own.case} />}
            {own.case?.state === "approved" && <Attest session={session} own={own.case} />}
            {own.case?.state === "pending" && <Documents session={session} own={own.case} />}
            {mayApply(own) && <Apply session={session} held={own.standing.level} />}
          </div>
        </div>
      )}
    </Answer>
  );
}

/** A member's verification: the levels, what is asked for, how far it has come, and its way onto the chain. */
export function KycPage() {
  const t = useT();
  return (
    <>
      <PageHeader title={t("verify.title")} lead={t("verify.lead")} />
      <SignedIn>{(session) => <Own session={session} />}</SignedIn>
    </>
  );
}
