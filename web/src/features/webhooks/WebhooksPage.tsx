import { useT } from "../../shared/i18n/i18n.ts";
import { SignedIn } from "../../shared/session/SignedIn.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { EndpointForm } from "./EndpointForm.tsx";
import { EndpointList } from "./EndpointList.tsx";

/** Where a member's own servers hear of what happens to it. */
export function WebhooksPage() {
  const t = useT();
  return (
    <>
      <PageHeader title={t("webhooks.title")} lead={t("webhooks.lead")} />
      <SignedIn>
        {({ memberId }) => (
          <div className="grid gap-4">
            <EndpointList memberId={memberId} />
            <EndpointForm memberId={memberId} />
          </div>
        )}
      </SignedIn>
    </>
  );
}
