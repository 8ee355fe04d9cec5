import { useState } from "react";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChainRead } from "../../../shared/chain/read.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { isHash } from "../../../shared/statement/document.ts";
import { HashField } from "../../../shared/statement/HashField.tsx";
import { DurationField, secondsOf, type WrittenDuration } from "../../../shared/ui/form/DurationField.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { CallPreview } from "../../../shared/ui/values/CallPreview.tsx";
import { type Suspending, suspendMember } from "../actions/suspend-member.ts";
import { officesOf, type Reason, reasons } from "../contracts.ts";
import { MemberField, useMember } from "./MemberField.tsx";

const DAY = 86_400;

/** Longest and suggested suspension for a reason, from the contract. */
const useTerms = (memberNo: bigint | undefined, reason: Reason) =>
  useChainRead(["suspend-terms", memberNo, reason], async ({ client, at }) => {
    const { suspensions } = officesOf(at);
    const number = reasons.indexOf(reason);
    const [cap, suggested] = await Promise.all([
      client.readContract({ ...suspensions, functionName: "capOf", args: [number] }),
      client.readContract({ ...suspensions, functionName: "suggestedDuration", args: [memberNo ?? 0n, number] }),
    ]);
    return { cap, suggested };
  }).data;

/** Compliance suspends a member, with a reason, a term and the hash of the evidence. */
export function SuspendForm() {
  const t = useT();
  const [written, setWritten] = useState("");
  const [reason, setReason] = useState<Reason>("TERMS_OF_SERVICE");
  const [duration, setDuration] = useState<WrittenDuration>({ count: "", unit: "days" });
  const [hash, setHash] = useState("");
  const { data: member, block } = useMember(written);
  const terms = useTerms(member?.memberNo, reason);
  const seconds = secondsOf(duration);
  const isTooLong = seconds !== undefined && terms !== undefined && seconds > terms.cap;
  const evidenceHash = hash.trim();
  const input: Suspending | undefined =
    member && seconds !== undefined && !isTooLong && isHash(evidenceHash)
      ? { memberNo: member.memberNo, reason, evidenceHash, seconds }
      : undefined;
  const days = (value: number) => String(Math.round((value / DAY) * 10) / 10);
  return (
    <Panel title={t("suspend.title")} data-testid="suspend-form">
      <MemberField written={written} onChange={setWritten} member={member} block={block} />
      <Field label={t("suspension.reason")}>
        {(ids) => (
          <select
            {...ids}
            data-testid="reason-select"
            value={reason}
            onChange={(event) => setReason(event.target.value as Reason)}
            className={inputLook}
          >
            {reasons.map((value) => (
              <option key={value} value={value}>
                {t(`suspendReason.${value}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <DurationField
        label={t("suspend.duration")}
        hint={terms && t("suspend.terms", { cap: days(terms.cap), suggested: days(terms.suggested) })}
        error={isTooLong ? t("suspend.tooLong") : undefined}
        value={duration}
        onChange={setDuration}
      />
      <HashField label={t("case.evidenceHash")} value={hash} onChange={setHash} />
      {input && (
        <div className="mb-4">
          <CallPreview
            contract="SuspensionManager"
            functionName="suspend"
            args={[
              { name: "memberNo", sent: String(input.memberNo) },
              { name: "reason", shown: t(`suspendReason.${reason}`), sent: String(reasons.indexOf(reason)) },
              { name: "evidenceHash", sent: input.evidenceHash },
              { name: "duration", sent: String(input.seconds) },
            ]}
          />
        </div>
      )}
      <ActionButton
        action={suspendMember}
        input={input}
        label={t("suspend.sign")}
        kind="danger"
        missing={{
          label: t("council.complete"),
          go: () => document.querySelector<HTMLElement>("[data-testid=suspend-form] input")?.focus(),
        }}
        testId="suspend-member"
      />
    </Panel>
  );
}
