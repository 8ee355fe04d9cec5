import { useT } from "../../shared/i18n/i18n.ts";
import { SignedIn } from "../../shared/session/SignedIn.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { ProfileForm } from "./ProfileForm.tsx";
import { useProfile } from "./profile.ts";

function Own({ memberId }: { memberId: string }) {
  const profile = useProfile(memberId);
  return (
    <Answer query={profile} lines={8}>
      {(known) => <ProfileForm key={known.version} profile={known} />}
    </Answer>
  );
}

/** What a member publishes of itself. */
export function ProfilePage() {
  const t = useT();
  return (
    <>
      <PageHeader title={t("profile.title")} lead={t("profile.lead")} />
      <SignedIn>{(session) => <Own memberId={session.memberId} />}</SignedIn>
    </>
  );
}
