import { Link, useNavigate } from "@tanstack/react-router";
import { useConnection } from "wagmi";
import { ActionButton } from "../../shared/action/ActionButton.tsx";
import { useChainNow } from "../../shared/chain/head.ts";
import { formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { documentOf, hashOf } from "../../shared/statement/document.ts";
import { useStatement } from "../../shared/statement/draft.ts";
import { LEAST_CHARACTERS, StatementForm, saveStatement } from "../../shared/statement/StatementForm.tsx";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { CallPreview } from "../../shared/ui/values/CallPreview.tsx";
import { Countdown } from "../../shared/ui/values/Countdown.tsx";
import { appealSuspension } from "./actions/appeal-suspension.ts";
import { type ChainSuspension, canAppeal, useSuspension } from "./queries.ts";

function Draft({ known, account }: { known: ChainSuspension; account: string }) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const navigate = useNavigate();
  const { suspensionId, appealBy } = known;
  const writing = useStatement(account, `suspension-${suspensionId}`);
  const isReady = writing.statement.text.trim().length >= LEAST_CHARACTERS;
  const hash = hashOf(documentOf(writing.statement));
  return (
    <Panel title={t("appeal.statement")}>
      <p className="mb-4" data-testid="appeal-deadline">
        {t("caseDeadline.appealed")}: {formatTime(appealBy, locale)} · <Countdown seconds={appealBy - now} />
      </p>
      <StatementForm {...writing} />
      {isReady && (
        <div className="mb-4">
          <CallPreview
            contract="SuspensionManager"
            functionName="appeal"
            args={[
              { name: "suspensionId", sent: String(suspensionId) },
              { name: "statementHash", sent: hash },
            ]}
          />
        </div>
      )}
      <ActionButton
        action={appealSuspension}
        input={isReady ? { suspensionId, hash } : undefined}
        label={t("appeal.sign")}
        missing={{
          label: t("statement.first", { least: LEAST_CHARACTERS }),
          go: () => document.querySelector<HTMLElement>("[data-testid=statement-text]")?.focus(),
        }}
        testId="sign-appeal"
        onSent={() => {
          saveStatement(writing.statement);
          void navigate({ to: "/appeals/$id", params: { id: `suspension-${suspensionId}` } });
        }}
      />
    </Panel>
  );
}

/** The appeal against a suspension; told when it is too late. */
export function AppealSuspension({ suspensionId }: { suspensionId: number }) {
  const t = useT();
  const now = useChainNow();
  const { address } = useConnection();
  const found = useSuspension(suspensionId);
  const back = (
    <Link to="/appeals/$id" params={{ id: `suspension-${suspensionId}` }} className={buttonLook("primary")}>
      {t("suspension.title", { id: suspensionId })}
    </Link>
  );
  return (
    <Answer query={found} lines={8}>
      {(known) => {
        if (known === null) return <Empty title={t("suspension.missing")} reason={t("case.missingReason")} />;
        if (!canAppeal(known, now))
          return (
            <Empty
              title={t(known.state === "IMPOSED" ? "appeal.tooLate" : "appeal.notOpen")}
              reason={t("appeal.closedReason")}
            >
              {back}
            </Empty>
          );
        return <Draft key={`${address}-${suspensionId}`} known={known} account={address ?? "nobody"} />;
      }}
    </Answer>
  );
}
