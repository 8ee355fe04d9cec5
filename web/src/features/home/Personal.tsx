import { Link } from "@tanstack/react-router";
import { Gated } from "../../shared/action/gate/Gated.tsx";
import { useStanding } from "../../shared/action/gate/use-gate.ts";
import { useChainNow } from "../../shared/chain/head.ts";
import { useChainRead } from "../../shared/chain/read.ts";
import { useGraphql } from "../../shared/graphql/query.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Amount } from "../../shared/ui/values/Amount.tsx";
import { Countdown } from "../../shared/ui/values/Countdown.tsx";
import { Facts } from "../../shared/ui/values/Facts.tsx";
import { useVotesDue } from "./votes-due.ts";

interface Mine {
  stakingPositions: { nodes: { positionId: string }[] };
  unstakingRequests: { nodes: { requestId: string }[] };
}

const MINE = `query Mine($memberNo: Int!) {
  stakingPositions(memberNo: $memberNo, first: 100) { nodes { positionId } }
  unstakingRequests(memberNo: $memberNo, first: 100) { nodes { requestId } } }`;

const sum = (values: bigint[]) => values.reduce((total, value) => total + value, 0n);

function useTotals(memberNo: bigint) {
  const { data } = useGraphql<Mine>("mine", MINE, { memberNo: Number(memberNo) }, { enabled: memberNo !== 0n });
  const positions = data?.stakingPositions.nodes.map(({ positionId }) => BigInt(positionId)) ?? [];
  const requests = data?.unstakingRequests.nodes.map(({ requestId }) => BigInt(requestId)) ?? [];
  return useChainRead(
    ["totals", ...positions, "-", ...requests],
    async ({ client, at }) => {
      const each = <T,>(ids: bigint[], ask: (id: bigint) => Promise<T>) => Promise.all(ids.map(ask));
      const [values, pending, matures] = await Promise.all([
        each(positions, (id) => client.readContract({ ...at.core, functionName: "positionValue", args: [id] })),
        each(positions, (id) => client.readContract({ ...at.core, functionName: "pendingRewards", args: [id] })),
        each(requests, (id) => client.readContract({ ...at.core, functionName: "maturesAt", args: [id] })),
      ]);
      return { staked: sum(values), pending: sum(pending), matures };
    },
    { enabled: data !== undefined },
  );
}

/** What the member has, earned, and when the next exit is ready. */
export function Personal() {
  const t = useT();
  const source = useSources();
  const now = useChainNow();
  const { data: standing, address } = useStanding();
  const votesDue = useVotesDue(address);
  const totals = useTotals(standing?.memberNo ?? 0n);
  const chain = source.chain(totals.block);
  const next = totals.data?.matures.filter((at) => at > now).sort((a, b) => a - b)[0];
  const ready = totals.data?.matures.filter((at) => at <= now).length ?? 0;
  return (
    <Panel
      title={t("home.mine")}
      source={chain}
      actions={
        <Link to="/stake" className={buttonLook("secondary")}>
          {t("stake.title")}
        </Link>
      }
    >
      <Gated needs={{ member: true }} canLook>
        <Facts
          facts={[
            { name: t("stake.available"), value: <Amount value={standing?.tokens} source={chain} /> },
            { name: t("stake.delegated"), value: <Amount value={totals.data?.staked} source={chain} /> },
            { name: t("stake.pending"), value: <Amount value={totals.data?.pending} source={chain} digits={6} /> },
            { name: t("home.nextUnlock"), value: next === undefined ? "–" : <Countdown seconds={next - now} /> },
            {
              name: t("unbonding.ready"),
              value:
                ready === 0 ? (
                  "0"
                ) : (
                  <Link to="/stake/unbonding" className="link">
                    {ready}
                  </Link>
                ),
            },
            {
              name: t("home.votesDue"),
              value:
                votesDue === undefined ? (
                  "…"
                ) : votesDue === 0 ? (
                  "0"
                ) : (
                  <Link to="/governance" className="link" data-testid="votes-due">
                    {votesDue}
                  </Link>
                ),
            },
          ]}
        />
      </Gated>
    </Panel>
  );
}
