import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { Gated } from "../../../shared/action/gate/Gated.tsx";
import { useChainNow } from "../../../shared/chain/head.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { PageHeader } from "../../../shared/ui/PageHeader.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { claim } from "../actions/claim.ts";
import { useMyRequests } from "../queries.ts";
import { RequestList } from "./RequestList.tsx";

/** The member's queue of exits. */
export function UnbondingPage() {
  const t = useT();
  const now = useChainNow();
  const source = useSources();
  const requests = useMyRequests();
  const mature = requests.data?.filter(({ maturesAt }) => now >= maturesAt) ?? [];
  const chain = source.chain(requests.block);
  const tokens = mature.reduce((sum, { value }) => sum + value, 0n);
  return (
    <>
      <PageHeader title={t("unbonding.title")} lead={t("unbonding.lead")} />
      <Gated needs={{ member: false }}>
        <div className="grid gap-5">
          {mature.length > 1 && (
            <ActionButton
              action={claim}
              input={{ requestIds: mature.map(({ id }) => id), tokens }}
              label={t("unbonding.claimAll", { n: mature.length })}
              testId="claim-all"
            />
          )}
          <Panel title={t("unbonding.queue")} source={chain}>
            {requests.memberNo === 0n && requests.standing ? (
              <RequestList requests={[]} source={chain} />
            ) : (
              <Answer query={requests}>{(list) => <RequestList requests={list} source={chain} />}</Answer>
            )}
          </Panel>
          <Notice>{t("unbonding.risk")}</Notice>
        </div>
      </Gated>
    </>
  );
}
