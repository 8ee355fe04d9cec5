import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { Gated } from "../../shared/action/gate/Gated.tsx";
import { type Role, useRoles } from "../../shared/chain/roles.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { Badge } from "../../shared/ui/Badge.tsx";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { Loading } from "../../shared/ui/states/Loading.tsx";
import { WorkList } from "./work/WorkList.tsx";

/** Each desk comes with its contracts, for those who hold its role. */
const ProposeForm = lazy(async () => ({ default: (await import("./committee/ProposeForm.tsx")).ProposeForm }));
const FreezeForm = lazy(async () => ({ default: (await import("./compliance/FreezeForm.tsx")).FreezeForm }));
const SuspendForm = lazy(async () => ({ default: (await import("./compliance/SuspendForm.tsx")).SuspendForm }));
const EmergencyForm = lazy(async () => ({ default: (await import("./guardian/EmergencyForm.tsx")).EmergencyForm }));
const MembershipForm = lazy(async () => ({
  default: (await import("./membership/MembershipForm.tsx")).MembershipForm,
}));
const PausePanel = lazy(async () => ({ default: (await import("./guardian/PausePanel.tsx")).PausePanel }));

const waiting = ["undecided", "running"] as const;

function Offices({ roles }: { roles: Role[] }) {
  const has = (role: Role) => roles.includes(role);
  return (
    <div className="grid gap-5">
      {(has("council") || has("committee")) && <WorkList parts={waiting} />}
      <Suspense fallback={<Loading lines={6} />}>
        <div className="grid items-start gap-5 lg:grid-cols-2">
          {has("committee") && <ProposeForm />}
          {has("compliance") && <SuspendForm />}
          {(has("compliance") || has("council")) && (
            <FreezeForm mayFreeze={has("compliance")} mayRenew={has("council")} />
          )}
          {has("council") && <MembershipForm />}
          {has("guardian") && <EmergencyForm />}
          {has("guardian") && <PausePanel />}
        </div>
      </Suspense>
    </div>
  );
}

/** The desks of those to whom the chain has given a role; each act is a transaction of their own wallet. */
export function CouncilPage() {
  const t = useT();
  const source = useSources();
  const roles = useRoles();
  return (
    <>
      <PageHeader
        title={t("council.title")}
        lead={t("council.lead")}
        actions={
          <Link to="/appeals" className={buttonLook("secondary")}>
            {t("appeals.title")}
          </Link>
        }
      />
      <Gated needs={{}}>
        <Answer query={roles}>
          {(held) =>
            held.length === 0 ? (
              <Empty title={t("council.none")} reason={t("council.noneReason")}>
                <Link to="/appeals" className={buttonLook("primary")}>
                  {t("appeals.title")}
                </Link>
              </Empty>
            ) : (
              <>
                <p className="mb-5 flex flex-wrap items-center gap-2" title={source.chain(roles.block)}>
                  {t("council.roles")}
                  {held.map((role) => (
                    <Badge key={role} tone="info">
                      {t(`role.${role}`)}
                    </Badge>
                  ))}
                </p>
                <Offices roles={held} />
              </>
            )
          }
        </Answer>
      </Gated>
    </>
  );
}
