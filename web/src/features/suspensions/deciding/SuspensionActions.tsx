import { Link } from "@tanstack/react-router";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useStanding } from "../../../shared/action/gate/use-gate.ts";
import { useChainNow } from "../../../shared/chain/head.ts";
import { useRoles } from "../../../shared/chain/roles.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { buttonLook } from "../../../shared/ui/Button.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { CallPreview } from "../../../shared/ui/values/CallPreview.tsx";
import { restoreMember } from "../actions/restore-member.ts";
import { type ChainSuspension, canAppeal, canDecide } from "../queries.ts";
import { checks, failedChecks } from "../reasons.ts";
import { DecideForm } from "./DecideForm.tsx";

/** What the contract checks before a member returns, and the way back once all is well. */
function Restore({ known }: { known: ChainSuspension }) {
  const t = useT();
  const failed = failedChecks(known.checklist);
  return (
    <div className="grid gap-3 rounded-lg border border-line p-3" data-testid="restore">
      <p className="font-semibold">{t("restore.title")}</p>
      <ul className="divide-y divide-line">
        {checks.map((check) => {
          const isFine = !failed.includes(check);
          return (
            <li key={check} className="flex flex-wrap items-center justify-between gap-2 py-1" data-check={check}>
              <span>{t(`restoreCheck.${check}`)}</span>
              <Badge tone={isFine ? "success" : "warning"}>{t(isFine ? "restore.fine" : "restore.open")}</Badge>
            </li>
          );
        })}
      </ul>
      {failed.length === 0 ? (
        <>
          <CallPreview
            contract="SuspensionManager"
            functionName="restore"
            args={[{ name: "memberNo", sent: String(known.memberNo) }]}
          />
          <ActionButton
            action={restoreMember}
            input={{ memberNo: known.memberNo }}
            label={t("restore.sign")}
            testId="restore-member"
          />
        </>
      ) : (
        <p className="text-sm text-muted">{t("restore.notYet")}</p>
      )}
    </div>
  );
}

/** What can be done about a suspension now: by the member, by the council, by anyone. */
export function SuspensionActions({ known }: { known: ChainSuspension }) {
  const t = useT();
  const now = useChainNow();
  const { data: standing } = useStanding();
  const { data: roles, address } = useRoles();
  const isOwn = standing?.memberNo === known.memberNo;
  const isCouncil = roles?.includes("council") ?? false;
  const isJudgeInOwnCause = address?.toLowerCase() === known.by.toLowerCase();
  const mayAppeal = canAppeal(known, now) && isOwn;
  const mayDecide = canDecide(known, now) && isCouncil;
  return (
    <Panel title={t("case.actions")}>
      <div className="grid gap-4">
        {mayAppeal && (
          <>
            <p className="text-sm text-muted">{t("suspension.appealMeaning")}</p>
            <Link
              to="/appeals/new"
              search={{ suspension: known.suspensionId }}
              className={buttonLook("primary", true)}
              data-testid="to-appeal"
            >
              {t("appeal.verb")}
            </Link>
          </>
        )}
        {isOwn && known.isInForce && (
          <Link to="/stake/unbonding" className={buttonLook("secondary", true)}>
            {t("suspension.toWithdraw")}
          </Link>
        )}
        {mayDecide && isJudgeInOwnCause && <Notice tone="warning" title={t("decideSuspension.own")} />}
        {mayDecide && !isJudgeInOwnCause && <DecideForm known={known} />}
        {known.isInForce && <Restore known={known} />}
        {!known.isInForce && <p className="text-muted">{t("suspension.over")}</p>}
      </div>
    </Panel>
  );
}
