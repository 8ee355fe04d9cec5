import { Link, useNavigate } from "@tanstack/react-router";
import type { Hex } from "viem";
import { useConnection } from "wagmi";
import { ActionButton } from "../action/ActionButton.tsx";
import type { Action } from "../action/define.ts";
import { useChainNow } from "../chain/head.ts";
import { formatTime } from "../format/number.ts";
import { useLocale, useT } from "../i18n/i18n.ts";
import { documentOf, hashOf } from "../statement/document.ts";
import { useStatement } from "../statement/draft.ts";
import { LEAST_CHARACTERS, StatementForm, saveStatement } from "../statement/StatementForm.tsx";
import { buttonLook } from "../ui/Button.tsx";
import { Panel } from "../ui/Panel.tsx";
import { Empty } from "../ui/states/Empty.tsx";
import { CallPreview } from "../ui/values/CallPreview.tsx";
import { Countdown } from "../ui/values/Countdown.tsx";

/** What can be appealed against with the hash of a statement. */
export interface Appealable<Input> {
  /** As in the address of its page: `case-12`. */
  about: string;
  title: string;
  contract: string;
  /** First argument of the contract's `appeal`. */
  subject: { name: string; id: number };
  /** Unix seconds. */
  appealBy: number;
  canAppeal: boolean;
  /** Nobody has appealed yet, so that only the time can be over. */
  isUntouched: boolean;
  action: Action<Input>;
  inputOf: (hash: Hex) => Input;
}

function Draft<Input>({ matter, account }: { matter: Appealable<Input>; account: string }) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const navigate = useNavigate();
  const { about, contract, subject, appealBy, action, inputOf } = matter;
  const writing = useStatement(account, about);
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
            contract={contract}
            functionName="appeal"
            args={[
              { name: subject.name, sent: String(subject.id) },
              { name: "statementHash", sent: hash },
            ]}
          />
        </div>
      )}
      <ActionButton
        action={action}
        input={isReady ? inputOf(hash) : undefined}
        label={t("appeal.sign")}
        missing={{
          label: t("statement.first", { least: LEAST_CHARACTERS }),
          go: () => document.querySelector<HTMLElement>("[data-testid=statement-text]")?.focus(),
        }}
        testId="sign-appeal"
        onSent={() => {
          saveStatement(writing.statement);
          void navigate({ to: "/appeals/$id", params: { id: about } });
        }}
      />
    </Panel>
  );
}

/** Writes and signs an appeal; tells when it is too late. */
export function Appealing<Input>({ matter }: { matter: Appealable<Input> }) {
  const t = useT();
  const { address } = useConnection();
  const { about, title, canAppeal, isUntouched } = matter;
  if (canAppeal) return <Draft key={`${address}-${about}`} matter={matter} account={address ?? "nobody"} />;
  return (
    <Empty title={t(isUntouched ? "appeal.tooLate" : "appeal.notOpen")} reason={t("appeal.closedReason")}>
      <Link to="/appeals/$id" params={{ id: about }} className={buttonLook("primary")}>
        {title}
      </Link>
    </Empty>
  );
}
