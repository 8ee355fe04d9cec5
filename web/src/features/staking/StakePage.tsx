import { Link } from "@tanstack/react-router";
import { ActionButton } from "../../shared/action/ActionButton.tsx";
import { Gated } from "../../shared/action/gate/Gated.tsx";
import { useSources } from "../../shared/graphql/source.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { Amount } from "../../shared/ui/values/Amount.tsx";
import { Figures } from "../../shared/ui/values/Facts.tsx";
import { claimRewards } from "./actions/claim-rewards.ts";
import { PositionList } from "./positions/PositionList.tsx";
import { useMyPositions, useMyRequests } from "./queries.ts";
import { RequestList } from "./unbonding/RequestList.tsx";

const sum = (values: bigint[] | undefined) => values?.reduce((total, value) => total + value, 0n);

/** Everything the member has staked, is withdrawing, and has earned. */
export function StakePage() {
  const t = useT();
  const source = useSources();
  const positions = useMyPositions();
  const requests = useMyRequests();
  const chain = source.chain(positions.block);
  const earning = positions.data?.filter(({ pending }) => pending > 0n) ?? [];
  const pending = sum(positions.data?.map((position) => position.pending));
  return (
    <>
      <PageHeader
        title={t("stake.title")}
        actions={
          <div className="flex flex-wrap gap-2">
            <Link to="/stake/liquid" className={buttonLook("secondary")}>
              {t("liquid.open")}
            </Link>
            <Link to="/validators" className={buttonLook("primary")}>
              {t("stake.find")}
            </Link>
          </div>
        }
      />
      <Gated needs={{ member: true }} canLook>
        <div className="grid gap-5">
          <Figures
            facts={[
              {
                name: t("stake.available"),
                value: <Amount value={positions.standing?.tokens} source={chain} noted digits={2} />,
              },
              {
                name: t("stake.delegated"),
                value: (
                  <Amount value={sum(positions.data?.map(({ value }) => value))} source={chain} noted digits={2} />
                ),
              },
              {
                name: t("stake.unbonding"),
                value: <Amount value={sum(requests.data?.map(({ value }) => value))} source={chain} noted digits={2} />,
              },
              { name: t("stake.pending"), value: <Amount value={pending} source={chain} noted digits={6} /> },
            ]}
          />
          <Panel title={t("stake.positions")} source={chain}>
            <Answer query={positions}>
              {(list) =>
                list.length === 0 ? (
                  <Empty title={t("stake.none")} reason={t("stake.noneReason")}>
                    <Link to="/validators" className={buttonLook("primary")}>
                      {t("stake.find")}
                    </Link>
                  </Empty>
                ) : (
                  <PositionList positions={list} source={chain} />
                )
              }
            </Answer>
          </Panel>
          {earning.length > 0 && pending !== undefined && (
            <ActionButton
              action={claimRewards}
              input={{ positionIds: earning.map(({ id }) => id), tokens: pending }}
              label={t("stake.claimAll", { n: earning.length })}
              testId="claim-rewards"
            />
          )}
          <Panel
            title={t("unbonding.title")}
            source={source.chain(requests.block)}
            actions={
              <Link to="/stake/unbonding" className="link">
                {t("unbonding.open")}
              </Link>
            }
          >
            <Answer query={requests}>
              {(list) => <RequestList requests={list} source={source.chain(requests.block)} />}
            </Answer>
          </Panel>
        </div>
      </Gated>
    </>
  );
}
