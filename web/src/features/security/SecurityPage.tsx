import { Link } from "@tanstack/react-router";
import { useT } from "../../shared/i18n/i18n.ts";
import { SignInPanel, wordsOf } from "../../shared/session/SignInPanel.tsx";
import { useEarlier } from "../../shared/session/use-earlier.ts";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Loading } from "../../shared/ui/states/Loading.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { AccessPanel } from "./AccessPanel.tsx";
import { FactorsPanel } from "./factors/FactorsPanel.tsx";
import { Sessions } from "./Sessions.tsx";
import { StaffPanel } from "./staff/StaffPanel.tsx";

/** Sign-in by wallet, and the sessions that follow from it. */
export function SecurityPage() {
  const t = useT();
  const { session, error } = useEarlier();
  return (
    <>
      <PageHeader title={t("security.title")} lead={t("security.lead")} />
      <div className="grid gap-4">
        {error && <Notice tone="danger">{wordsOf(error, t)}</Notice>}
        {session === "unknown" ? <Loading lines={3} /> : <SignInPanel session={session} />}
        {session !== "unknown" && session && (
          <p className="flex flex-wrap gap-x-6 gap-y-2">
            <Link to="/onboarding">{t("security.register")}</Link>
            <Link to="/settings/profile">{t("profile.own")}</Link>
            <Link to="/settings/api-keys">{t("apiKeys.here")}</Link>
            <Link to="/settings/webhooks">{t("webhooks.here")}</Link>
            <Link to="/settings/notifications">{t("notifications.here")}</Link>
            <Link to="/referrals">{t("referrals.here")}</Link>
            <Link to="/settings/privacy">{t("privacy.here")}</Link>
          </p>
        )}
        {session !== "unknown" && session && <FactorsPanel />}
        {session !== "unknown" && session && <AccessPanel memberId={session.memberId} />}
        {session !== "unknown" && session && <Sessions session={session} />}
        {session !== "unknown" && session && <StaffPanel />}
      </div>
    </>
  );
}
