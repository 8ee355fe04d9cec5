import { Link } from "@tanstack/react-router";
import { useT } from "../../shared/i18n/i18n.ts";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { WorkList } from "./work/WorkList.tsx";

const all = ["undecided", "running", "closed"] as const;

/** Every accusation and suspension, by what it waits for. Public, as everything that the chain decides. */
export function AppealsPage() {
  const t = useT();
  return (
    <>
      <PageHeader
        title={t("appeals.title")}
        lead={t("appeals.lead")}
        actions={
          <Link to="/evidence/new" className={buttonLook("secondary")} data-testid="to-report">
            {t("report.title")}
          </Link>
        }
      />
      <WorkList parts={all} />
    </>
  );
}
