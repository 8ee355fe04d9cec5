import { useState } from "react";
import { useConnection } from "wagmi";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChainNow } from "../../../shared/chain/head.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { isHash } from "../../../shared/statement/document.ts";
import { HashField } from "../../../shared/statement/HashField.tsx";
import { DurationField, secondsOf, type WrittenDuration } from "../../../shared/ui/form/DurationField.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { CallPreview } from "../../../shared/ui/values/CallPreview.tsx";
import { freezeMember } from "../actions/freeze-member.ts";
import { renewFreeze } from "../actions/renew-freeze.ts";
import { unfreezeMember } from "../actions/unfreeze-member.ts";
import { officesOf } from "../contracts.ts";
import { MemberField, useMember } from "./MemberField.tsx";

const LONGEST = 90 * 86_400;

/** Who began the freeze that is in force: the contract wants somebody else to renew it. */
const useFreezer = (memberNo: bigint | undefined) =>
  useChainRead(
    ["freezer", memberNo],
    ({ client, at }) =>
      client.readContract({ ...officesOf(at).suspensions, functionName: "freezeOf", args: [memberNo ?? 0n] }),
    { enabled: memberNo !== undefined },
  ).data?.by;

/** Payments held back by legal order: by compliance, renewed by the council, ended by either. */
export function FreezeForm({ mayFreeze, mayRenew }: { mayFreeze: boolean; mayRenew: boolean }) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const { address } = useConnection();
  const [written, setWritten] = useState("");
  const [duration, setDuration] = useState<WrittenDuration>({ count: "", unit: "days" });
  const [hash, setHash] = useState("");
  const { data: member, block } = useMember(written);
  const seconds = secondsOf(duration);
  const isTooLong = seconds !== undefined && seconds > LONGEST;
  const orderHash = hash.trim();
  const isFrozen = member !== null && member !== undefined && member.frozenUntil > now;
  const input =
    member && seconds !== undefined && !isTooLong && isHash(orderHash)
      ? { memberNo: member.memberNo, seconds, orderHash }
      : undefined;
  const frozenBy = useFreezer(isFrozen ? member.memberNo : undefined);
  const isOwnFreeze = frozenBy !== undefined && frozenBy.toLowerCase() === address?.toLowerCase();
  const mayAct = isFrozen ? mayRenew && !isOwnFreeze : mayFreeze;
  return (
    <Panel title={t("freeze.title")} data-testid="freeze-form">
      <p className="mb-3 text-sm text-muted">{t("freeze.meaning")}</p>
      <MemberField written={written} onChange={setWritten} member={member} block={block} />
      {isFrozen && (
        <div className="mb-4 grid gap-3">
          <Notice tone="warning" title={t("freeze.until", { time: formatTime(member.frozenUntil, locale) })} />
          <ActionButton
            action={unfreezeMember}
            input={{ memberNo: member.memberNo }}
            label={t("freeze.lift")}
            kind="secondary"
            testId="unfreeze-member"
          />
        </div>
      )}
      {(member ? mayAct : mayFreeze) ? (
        <>
          <DurationField
            label={t(isFrozen ? "freeze.longer" : "freeze.duration")}
            hint={t("freeze.longest")}
            error={isTooLong ? t("freeze.tooLong") : undefined}
            value={duration}
            onChange={setDuration}
          />
          <HashField label={t("freeze.order")} value={hash} onChange={setHash} />
          {input && (
            <div className="mb-4">
              <CallPreview
                contract="SuspensionManager"
                functionName={isFrozen ? "renewFreeze" : "freeze"}
                args={[
                  { name: "memberNo", sent: String(input.memberNo) },
                  { name: "duration", sent: String(input.seconds) },
                  { name: "orderHash", sent: input.orderHash },
                ]}
              />
            </div>
          )}
          <ActionButton
            key={isFrozen ? "renew" : "freeze"}
            action={isFrozen ? renewFreeze : freezeMember}
            input={input}
            label={t(isFrozen ? "freeze.renew" : "freeze.sign")}
            kind="danger"
            missing={{
              label: t("council.complete"),
              go: () => document.querySelector<HTMLElement>("[data-testid=freeze-form] input")?.focus(),
            }}
            testId="freeze-member"
          />
        </>
      ) : (
        member && (
          <Notice
            title={t(isOwnFreeze ? "freeze.own" : isFrozen ? "freeze.councilRenews" : "freeze.complianceFreezes")}
          />
        )
      )}
    </Panel>
  );
}
