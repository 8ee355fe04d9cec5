import { useConnection } from "wagmi";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChainNow } from "../../../shared/chain/head.ts";
import { useChainRead } from "../../../shared/chain/read.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { Countdown } from "../../../shared/ui/values/Countdown.tsx";
import { cancelProposal, executeProposal, queueProposal } from "../actions/move-proposal.ts";
import { useProtocol } from "../protocol.ts";
import type { RecordedProposal, View } from "../queries.ts";
import { isEnded } from "../states.ts";
import { Calls } from "./Calls.tsx";
import { mayCancel } from "./cancelling.ts";

interface Props {
  id: string;
  proposal: RecordedProposal | undefined;
  view: View;
}

/** Whether the connected account may cancel, by the governor's own rule. */
function useMayCancel(id: string, view: View): boolean {
  const { address } = useConnection();
  const protocol = useProtocol();
  const { data } = useChainRead(["may-cancel", BigInt(id)], async ({ client }) => {
    const [guardian, proposer] = await Promise.all([
      client.readContract({ ...protocol.governor, functionName: "proposalGuardian" }),
      client.readContract({ ...protocol.governor, functionName: "proposalProposer", args: [BigInt(id)] }),
    ]);
    return { guardian, proposer };
  });
  return data !== undefined && address !== undefined && mayCancel({ ...data, state: view.state, account: address });
}

/** What brings the proposal on, or ends it; with the calls that are meant. */
export function Steps({ id, proposal, view }: Props) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const protocol = useProtocol();
  const canCancel = useMayCancel(id, view);
  const { state, eta } = view;
  const isWaiting = state === "queued" && now < eta;
  if (isEnded(state) || (state !== "succeeded" && state !== "queued" && !canCancel)) return null;
  const input = proposal && { protocol, proposal };
  const missing = { label: t("steps.notRecorded"), go: () => undefined };
  return (
    <Panel title={t("steps.title")} data-testid="steps">
      <div className="grid gap-4">
        {proposal && (
          <details>
            <summary className="min-h-6 cursor-pointer">{t("steps.preview", { n: proposal.calls.length })}</summary>
            <div className="mt-2">
              <Calls calls={proposal.calls} />
            </div>
          </details>
        )}
        {state === "succeeded" && (
          <>
            <p className="text-sm text-muted">{t("steps.queueHow")}</p>
            <ActionButton
              action={queueProposal}
              input={input}
              missing={missing}
              label={t("steps.queue")}
              testId="queue"
            />
          </>
        )}
        {isWaiting && (
          <Notice title={t("steps.timelock", { time: formatTime(eta, locale) })}>
            <Countdown seconds={eta - now} />
          </Notice>
        )}
        {state === "queued" && !isWaiting && (
          <ActionButton
            action={executeProposal}
            input={input}
            missing={missing}
            label={t("steps.execute")}
            testId="execute"
          />
        )}
        {canCancel && (
          <ActionButton
            action={cancelProposal}
            input={input}
            missing={missing}
            label={t("steps.cancel")}
            kind="danger"
            testId="cancel-proposal"
          />
        )}
      </div>
    </Panel>
  );
}
