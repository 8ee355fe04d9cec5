import { Link } from "@tanstack/react-router";
import { useChainRead } from "../../shared/chain/read.ts";
import { useGraphql } from "../../shared/graphql/query.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { buttonLook } from "../../shared/ui/Button.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Amount } from "../../shared/ui/values/Amount.tsx";
import { PENDING } from "./queries.ts";

/** Rewards that wait at the contract. */
export function Unclaimed({ memberNo }: { memberNo: bigint }) {
  const t = useT();
  const source = useSources();
  const { data } = useGraphql<{ stakingPositions: { nodes: { positionId: string }[] } }>(
    "pending-positions",
    PENDING,
    { memberNo: Number(memberNo) },
    { enabled: memberNo !== 0n },
  );
  const ids = data?.stakingPositions.nodes.map(({ positionId }) => BigInt(positionId)) ?? [];
  const pending = useChainRead(
    ["unclaimed", ...ids],
    async ({ client, at }) => {
      const each = await Promise.all(
        ids.map((id) => client.readContract({ ...at.core, functionName: "pendingRewards", args: [id] })),
      );
      return each.reduce((total, one) => total + one, 0n);
    },
    { enabled: data !== undefined },
  );
  const chain = source.chain(pending.block);
  return (
    <Panel
      title={t("rewards.unclaimed")}
      source={chain}
      actions={
        <Link to="/stake" className={buttonLook("primary")}>
          {t("rewards.toClaim")}
        </Link>
      }
    >
      <p className="text-2xl font-semibold">
        <Amount value={pending.data} source={chain} digits={8} />
      </p>
    </Panel>
  );
}
