import { ActionButton } from "../../shared/action/ActionButton.tsx";
import { useT } from "../../shared/i18n/i18n.ts";
import type { Session } from "../../shared/session/session.ts";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { submitAttestation } from "./actions/submit-attestation.ts";
import type { OwnCase } from "./queries.ts";

/** An approved case's way onto the chain: one transaction, which anybody could send. */
export function Attest({ session, own }: { session: Session; own: OwnCase }) {
  const t = useT();
  const level = t(`kyc.${own.level}`);
  return (
    <Panel title={t("verify.attest")} data-testid="attest">
      {own.isAttested ? (
        <Notice tone="success" title={t("verify.attested", { level })} />
      ) : (
        <>
          <p className="mb-3">{t("verify.attestReason")}</p>
          <ActionButton
            action={submitAttestation}
            input={{ session, level }}
            needs={{ registered: true }}
            label={t("verify.attestButton")}
            testId="submit-attestation"
          />
        </>
      )}
    </Panel>
  );
}
