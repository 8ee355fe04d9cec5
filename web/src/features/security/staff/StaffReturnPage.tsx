import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useT } from "../../../shared/i18n/i18n.ts";
import { wordsOfRefusal } from "../../../shared/session/refused-words.ts";
import { SignedIn } from "../../../shared/session/SignedIn.tsx";
import { authorised, Refused } from "../../../shared/session/session.ts";
import { PageHeader } from "../../../shared/ui/PageHeader.tsx";
import { Loading } from "../../../shared/ui/states/Loading.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";

/** What the provider wrote behind our address, taken out of it: it is of use once, and no business of the history. */
function takeAnswer(): Record<string, string> {
  const { searchParams, pathname } = new URL(location.href);
  history.replaceState(history.state, "", pathname);
  const known = ["code", "state", "iss"].flatMap((name) => {
    const value = searchParams.get(name);
    return value === null ? [] : [[name, value]];
  });
  return Object.fromEntries(known) as Record<string, string>;
}

function Handing({ answer }: { answer: Record<string, string> }) {
  const t = useT();
  // Asked once: the answer is spent by asking.
  const { data, error } = useQuery({
    queryKey: ["staff-return", answer.state],
    queryFn: () => {
      if (!answer.code || !answer.state) throw new Refused(401, "STAFF_SIGN_IN_REFUSED", "no answer", undefined);
      return authorised<{ roles: string[] }>("POST", "/api/v1/auth/oidc/callback", answer);
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <Notice tone="danger">{wordsOfRefusal(error, t)}</Notice>;
  if (!data) return <Loading lines={2} />;
  if (data.roles.length === 0) return <Notice tone="warning">{t("staff.noRoles")}</Notice>;
  return (
    <div className="grid gap-3">
      <Notice tone="success">{t("staff.done", { roles: data.roles.join(", ") })}</Notice>
      <Link to="/admin">{t("staff.work")}</Link>
    </div>
  );
}

/** Where the staff's provider sends its people back to. */
export function StaffReturnPage() {
  const t = useT();
  const [answer] = useState(takeAnswer);
  return (
    <>
      <PageHeader title={t("staff.coming")} lead={t("staff.lead")} />
      <SignedIn>{() => <Handing answer={answer} />}</SignedIn>
    </>
  );
}
