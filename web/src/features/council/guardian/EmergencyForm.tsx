import { useState } from "react";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChainNow } from "../../../shared/chain/head.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { isHash } from "../../../shared/statement/document.ts";
import { HashField } from "../../../shared/statement/HashField.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { CallPreview } from "../../../shared/ui/values/CallPreview.tsx";
import { emergencySuspend } from "../actions/emergency-suspend.ts";
import { MemberField, useMember } from "../compliance/MemberField.tsx";
import { officesOf } from "../contracts.ts";

/** A guardian's suspension: 24 hours, without appeal, once per 30 days. */
export function EmergencyForm() {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const [written, setWritten] = useState("");
  const [hash, setHash] = useState("");
  const { data: member, block } = useMember(written);
  const nextAt = useChainRead(
    ["next-emergency", member?.memberNo],
    ({ client, at }) =>
      client.readContract({
        ...officesOf(at).suspensions,
        functionName: "nextEmergencyAt",
        args: [member?.memberNo ?? 0n],
      }),
    { enabled: member !== undefined && member !== null },
  ).data;
  const isTooSoon = nextAt !== undefined && now < nextAt;
  const evidenceHash = hash.trim();
  const input = member && isHash(evidenceHash) ? { memberNo: member.memberNo, evidenceHash } : undefined;
  return (
    <Panel title={t("emergency.title")} data-testid="emergency-form">
      <p className="mb-3 text-sm text-muted">{t("emergency.meaning")}</p>
      <MemberField written={written} onChange={setWritten} member={member} block={block} />
      {isTooSoon ? (
        <Notice tone="warning" title={t("emergency.tooSoon", { time: formatTime(nextAt, locale) })} />
      ) : (
        <>
          <HashField label={t("case.evidenceHash")} value={hash} onChange={setHash} />
          {input && (
            <div className="mb-4">
              <CallPreview
                contract="SuspensionManager"
                functionName="emergencySuspend"
                args={[
                  { name: "memberNo", sent: String(input.memberNo) },
                  { name: "evidenceHash", sent: input.evidenceHash },
                ]}
              />
            </div>
          )}
          <ActionButton
            action={emergencySuspend}
            input={input}
            label={t("emergency.sign")}
            kind="danger"
            missing={{
              label: t("council.complete"),
              go: () => document.querySelector<HTMLElement>("[data-testid=emergency-form] input")?.focus(),
            }}
            testId="emergency-suspend"
          />
        </>
      )}
    </Panel>
  );
}
