import { useT } from "../../shared/i18n/i18n.ts";
import { SignedIn } from "../../shared/session/SignedIn.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Consents } from "./Consents.tsx";
import { Copy } from "./Copy.tsx";
import { Erasure } from "./Erasure.tsx";

/** What a member may do about the data that is kept of it. */
export function PrivacyPage() {
  const t = useT();
  return (
    <>
      <PageHeader title={t("privacy.title")} lead={t("privacy.lead")} />
      <SignedIn>
        {({ memberId }) => (
          <div className="grid gap-4">
            <Consents memberId={memberId} />
            <Copy memberId={memberId} />
            <Erasure memberId={memberId} />
          </div>
        )}
      </SignedIn>
    </>
  );
}
