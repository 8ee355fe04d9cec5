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
import { appealCase } from "./actions/appeal-case.ts";
import { type ChainCase, useCase } from "./queries.ts";

function Draft({ known, account }: { known: ChainCase; account: string }) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const navigate = useNavigate();
  const writing = useStatement(account, `case-${known.caseId}`);
  const isReady = writing.statement.text.trim().length >= LEAST_CHARACTERS;
  const hash = hashOf(documentOf(writing.statement));
  const { appealBy } = known.deadlines;
  return (
    <Panel title={t("appeal.statement")}>
      <p className="mb-4" data-testid="appeal-deadline">
        {t("caseDeadline.appealed")}: {formatTime(appealBy, locale)} · <Countdown seconds={appealBy - now} />
      </p>
      <StatementForm {...writing} />
      {isReady && (
        <div className="mb-4">
          <CallPreview
            contract="SlashingManager"
            functionName="appeal"
            args={[
              { name: "caseId", sent: String(known.caseId) },
              { name: "statementHash", sent: hash },
            ]}
          />
        </div>
      )}
      <ActionButton
        action={appealCase}
        input={isReady ? { caseId: known.caseId, hash } : undefined}
        label={t("appeal.sign")}
        missing={{
          label: t("statement.first", { least: LEAST_CHARACTERS }),
          go: () => document.querySelector<HTMLElement>("[data-testid=statement-text]")?.focus(),
        }}
        testId="sign-appeal"
        onSent={() => {
          saveStatement(writing.statement);
          void navigate({ to: "/appeals/$id", params: { id: `case-${known.caseId}` } });
        }}
      />
    </Panel>
  );
}

/** The appeal against a slashing case; told when it is too late. */
export function AppealCase({ caseId }: { caseId: number }) {
  const t = useT();
  const { address } = useConnection();
  const found = useCase(caseId);
  const back = (
    <Link to="/appeals/$id" params={{ id: `case-${caseId}` }} className={buttonLook("primary")}>
      {t("case.title", { id: caseId })}
    </Link>
  );
  return (
    <Answer query={found} lines={8}>
      {(known) => {
        if (known === null) return <Empty title={t("case.missing")} reason={t("case.missingReason")} />;
        if (!known.can.appeal)
          return (
            <Empty
              title={t(known.state === "REPORTED" ? "appeal.tooLate" : "appeal.notOpen")}
              reason={t("appeal.closedReason")}
            >
              {back}
            </Empty>
          );
        return <Draft key={`${address}-${caseId}`} known={known} account={address ?? "nobody"} />;
      }}
    </Answer>
  );
}
