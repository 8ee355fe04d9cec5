import { getRouteApi, Link } from "@tanstack/react-router";
import { useT } from "../../../shared/i18n/i18n.ts";
import { SignedIn } from "../../../shared/session/SignedIn.tsx";
import { useStaffRoles } from "../../../shared/session/staff-roles.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { buttonLook } from "../../../shared/ui/Button.tsx";
import { PageHeader } from "../../../shared/ui/PageHeader.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Explained } from "./Explained.tsx";
import { Judge } from "./Judge.tsx";
import { MemberRisk } from "./MemberRisk.tsx";
import { useHit } from "./queries.ts";

const route = getRouteApi("/admin/screening/$id");

function HitView() {
  const t = useT();
  const query = useHit(route.useParams().id);
  const mayWork = useStaffRoles().data?.includes("compliance") ?? false;
  return (
    <Answer query={query} lines={10}>
      {(hit) => (
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <Panel
            title={t("screening.explained")}
            data-testid="hit-view"
            actions={<Badge tone={hit.state === "confirmed" ? "danger" : "warning"}>{t(`hit.${hit.state}`)}</Badge>}
          >
            <Explained hit={hit} />
          </Panel>
          <div className="grid gap-5">
            {mayWork && <Judge hit={hit} />}
            <MemberRisk memberId={hit.memberId} />
          </div>
        </div>
      )}
    </Answer>
  );
}

/** One hit: why it fits on the left, what to do on the right. */
export function HitPage() {
  const t = useT();
  return (
    <>
      <PageHeader
        title={t("screening.title")}
        lead={t("screening.lead")}
        actions={
          <Link to="/admin" className={buttonLook("secondary")}>
            {t("work.title")}
          </Link>
        }
      />
      <SignedIn>{() => <HitView />}</SignedIn>
    </>
  );
}
