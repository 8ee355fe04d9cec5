import { Link } from "@tanstack/react-router";
import { useT } from "../../shared/i18n/i18n.ts";
import { SignedIn } from "../../shared/session/SignedIn.tsx";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { KeyForm } from "./KeyForm.tsx";
import { KeyList } from "./KeyList.tsx";

/** Keys by which a member's programs ask in its name. */
export function ApiKeysPage() {
  const t = useT();
  return (
    <>
      <PageHeader
        title={t("apiKeys.title")}
        lead={t("apiKeys.lead")}
        actions={
          <Link to="/data/playground" className={buttonLook("secondary")}>
            {t("playground.title")}
          </Link>
        }
      />
      <SignedIn>
        {({ memberId }) => (
          <div className="grid gap-4">
            <KeyList memberId={memberId} />
            <KeyForm memberId={memberId} />
          </div>
        )}
      </SignedIn>
    </>
  );
}
