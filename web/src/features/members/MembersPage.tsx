import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useT } from "../../shared/i18n/i18n.ts";
import { SignedIn } from "../../shared/session/SignedIn.tsx";
import { useStaffRoles } from "../../shared/session/staff-roles.ts";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { Results } from "./Results.tsx";
import { SearchForm } from "./SearchForm.tsx";
import type { Wanted } from "./search.ts";

function Searching() {
  const t = useT();
  const navigate = useNavigate();
  const roles = useStaffRoles();
  const [search, setSearch] = useState<{ wanted: Wanted; attempt: number }>({
    wanted: { by: "filter", filter: {} },
    attempt: 0,
  });
  function look(wanted: Wanted) {
    if (wanted.by === "account") void navigate({ to: "/admin/members/$id", params: { id: wanted.id } });
    else setSearch(({ attempt }) => ({ wanted, attempt: attempt + 1 }));
  }
  return (
    <Answer query={roles} lines={6}>
      {(held) =>
        held.length === 0 ? (
          <Empty title={t("work.notStaff")} reason={t("work.notStaffReason")} />
        ) : (
          <div className="grid gap-5">
            <SearchForm isCompliance={held.includes("compliance")} onSearch={look} />
            <Results {...search} />
          </div>
        )
      }
    </Answer>
  );
}

/** Where the staff finds members. */
export function MembersPage() {
  const t = useT();
  return (
    <>
      <PageHeader
        title={t("members.title")}
        lead={t("members.lead")}
        actions={
          <Link to="/admin" className={buttonLook("secondary")}>
            {t("work.title")}
          </Link>
        }
      />
      <SignedIn>{() => <Searching />}</SignedIn>
    </>
  );
}
