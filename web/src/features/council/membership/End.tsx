import { useState } from "react";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useT } from "../../../shared/i18n/i18n.ts";
import { documentOf, hashOf } from "../../../shared/statement/document.ts";
import { useStatement } from "../../../shared/statement/draft.ts";
import { LEAST_CHARACTERS, StatementForm, saveStatement } from "../../../shared/statement/StatementForm.tsx";
import { Choice } from "../../../shared/ui/form/Choice.tsx";
import { CallPreview } from "../../../shared/ui/values/CallPreview.tsx";
import { blacklistMember } from "../actions/blacklist-member.ts";
import { terminateMember } from "../actions/terminate-member.ts";

const ways = { terminate: terminateMember, blacklist: blacklistMember } as const;
type Way = keyof typeof ways;

/** Terminates or blacklists, for a reason whose hash alone goes on chain. */
export function End({ memberNo, account }: { memberNo: bigint; account: string }) {
  const t = useT();
  const [way, setWay] = useState<Way>("terminate");
  const writing = useStatement(account, `member-${memberNo}`);
  const isReady = writing.statement.text.trim().length >= LEAST_CHARACTERS;
  const input = isReady ? { memberNo, reasonHash: hashOf(documentOf(writing.statement)) } : undefined;
  return (
    <>
      <div className="mb-4">
        <Choice
          label={t("bar.way")}
          value={way}
          options={(["terminate", "blacklist"] as const).map((value) => ({ value, label: t(`bar.${value}`) }))}
          onChange={setWay}
        />
        <p className="mt-2 text-sm text-muted">{t(`bar.${way}Meaning`)}</p>
      </div>
      <StatementForm {...writing} label={t("bar.reason")} meaning={t("bar.keep")} />
      {input && (
        <div className="mb-4">
          <CallPreview
            contract="SuspensionManager"
            functionName={way}
            args={[
              { name: "memberNo", sent: String(memberNo) },
              { name: "reasonHash", sent: input.reasonHash },
            ]}
          />
        </div>
      )}
      <ActionButton
        key={way}
        action={ways[way]}
        input={input}
        label={t(`bar.${way}Sign`)}
        kind="danger"
        missing={{
          label: t("statement.first", { least: LEAST_CHARACTERS }),
          go: () => document.querySelector<HTMLElement>("[data-testid=membership-form] textarea")?.focus(),
        }}
        testId={`${way}-member`}
        onSent={() => saveStatement(writing.statement)}
      />
    </>
  );
}
