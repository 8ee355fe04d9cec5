import { useNavigate } from "@tanstack/react-router";
import type { Address, Hex } from "viem";
import { useConnection } from "wagmi";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { Gated } from "../../../shared/action/gate/Gated.tsx";
import { useChain } from "../../../shared/chain/context.ts";
import { useHead } from "../../../shared/chain/head.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { CallPreview } from "../../../shared/ui/values/CallPreview.tsx";
import { type Step, Steps } from "../../../shared/ui/values/Steps.tsx";
import { commitReport } from "../actions/commit-report.ts";
import { submitDoubleSign } from "../actions/submit-double-sign.ts";
import type { SignedPair } from "../evidence/provable.ts";
import { slashingOf } from "../queries.ts";
import { commitmentOf, saltOf } from "./commitment.ts";

interface Props {
  pair: SignedPair;
  evidenceHash: Hex;
}

function Ways({ pair, evidenceHash, account }: Props & { account: Address }) {
  const t = useT();
  const navigate = useNavigate();
  const { client: node } = useChain();
  const { head } = useHead();
  const salt = saltOf(account, evidenceHash);
  const commitment = commitmentOf(evidenceHash, account, salt);
  const { data: committedAt } = useChainRead(["commitment", commitment], ({ client, at }) =>
    client.readContract({ ...slashingOf(at), functionName: "commitmentBlock", args: [commitment] }),
  );
  if (committedAt === undefined) return null;
  const isCommitted = committedAt !== 0;
  // The contract asks for a commitment of an earlier block than the report's.
  const isRipe = isCommitted && head !== undefined && head.number > BigInt(committedAt);
  const steps: Step[] = [
    {
      name: t("report.commit"),
      state: isCommitted ? "done" : "now",
      children: !isCommitted && (
        <div className="mt-2 grid gap-3">
          <p className="text-muted">{t("report.commitMeaning")}</p>
          <CallPreview
            contract="SlashingManager"
            functionName="commitReport"
            args={[{ name: "commitment", sent: commitment }]}
          />
          <ActionButton
            action={commitReport}
            input={{ commitment }}
            label={t("report.signCommit")}
            testId="commit-report"
          />
        </div>
      ),
    },
    {
      name: t("report.show"),
      state: isCommitted ? "now" : "coming",
      children: isCommitted && (
        <div className="mt-2 grid gap-3">
          <p className="text-muted">{t(isRipe ? "report.showMeaning" : "report.nextBlock")}</p>
          {isRipe && (
            <ActionButton
              action={submitDoubleSign}
              input={{ pair, salt, node }}
              label={t("report.sign")}
              kind="danger"
              testId="submit-double-sign"
              onSent={() => void navigate({ to: "/appeals" })}
            />
          )}
        </div>
      ),
    },
  ];
  return <Steps steps={steps} />;
}

/** Two transactions: one that hides what is known, so that nobody can copy it for the bounty, and one that shows it. */
export function CommitAndReport(props: Props) {
  const t = useT();
  const { address } = useConnection();
  return (
    <Panel title={t("report.do")} data-testid="report">
      <Gated needs={{}}>{address && <Ways key={address} account={address} {...props} />}</Gated>
    </Panel>
  );
}
