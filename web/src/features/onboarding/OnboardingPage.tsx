import { getRouteApi } from "@tanstack/react-router";
import { useT } from "../../shared/i18n/i18n.ts";
import { useConsents } from "../../shared/session/consents.ts";
import { SignInPanel, wordsOf } from "../../shared/session/SignInPanel.tsx";
import type { Session } from "../../shared/session/session.ts";
import { useEarlier } from "../../shared/session/use-earlier.ts";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Loading } from "../../shared/ui/states/Loading.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { AgreeAgain } from "./agreeing/AgreeAgain.tsx";
import { keepReferral } from "./referral.ts";
import { useRegistration } from "./registration.ts";
import { BeginForm } from "./stages/BeginForm.tsx";
import { isClosed } from "./stages.ts";
import { Way } from "./Way.tsx";

const route = getRouteApi("/onboarding");

function Registering({ session }: { session: Session }) {
  const { memberId } = session;
  const query = useRegistration(session);
  const consents = useConsents(memberId);
  const known = consents.data;
  const isMissing = known?.some(({ isRequired, isGiven }) => isRequired && !isGiven);
  return (
    <Answer query={query} lines={4}>
      {(registration) => {
        if (!registration) return <BeginForm memberId={memberId} />;
        if (known && isMissing && !isClosed(registration.state)) {
          return <AgreeAgain memberId={memberId} consents={known} />;
        }
        return <Way registration={registration} memberId={memberId} />;
      }}
    </Answer>
  );
}

/** How somebody becomes a member: stage by stage, going on where it was left. */
export function OnboardingPage() {
  const t = useT();
  const { session, error } = useEarlier();
  const { ref } = route.useSearch();
  // Before the form below reads it.
  if (ref) keepReferral(ref);
  const isKnown = session !== "unknown";
  return (
    <>
      <PageHeader title={t("onboarding.title")} lead={t("onboarding.lead")} />
      <div className="grid gap-4">
        {error && <Notice tone="danger">{wordsOf(error, t)}</Notice>}
        {!isKnown && <Loading lines={4} />}
        {isKnown && !session && <SignInPanel session={undefined} />}
        {isKnown && session && <Registering session={session} />}
      </div>
    </>
  );
}
