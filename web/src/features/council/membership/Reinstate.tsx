import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChainRead } from "../../../shared/chain/read.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { CallPreview } from "../../../shared/ui/values/CallPreview.tsx";
import { reinstateMember } from "../actions/reinstate-member.ts";

/** Takes a member back; one without KYC waits for it, as at first. */
export function Reinstate({ memberNo }: { memberNo: bigint }) {
  const t = useT();
  const { data: level } = useChainRead(["kyc-level", memberNo], ({ client, at }) =>
    client.readContract({ ...at.kyc, functionName: "levelOf", args: [memberNo] }),
  );
  return (
    <div className="grid gap-4">
      {level !== undefined && <Notice title={t(level === 0 ? "bar.backPending" : "bar.backActive")} />}
      <CallPreview
        contract="SuspensionManager"
        functionName="reinstate"
        args={[{ name: "memberNo", sent: String(memberNo) }]}
      />
      <ActionButton
        action={reinstateMember}
        input={{ memberNo }}
        label={t("bar.reinstate")}
        testId="reinstate-member"
      />
    </div>
  );
}
