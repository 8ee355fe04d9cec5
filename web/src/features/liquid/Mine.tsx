import { useConnection } from "wagmi";
import { useGraphql } from "../../shared/graphql/query.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Amount } from "../../shared/ui/values/Amount.tsx";
import { Figures } from "../../shared/ui/values/Facts.tsx";
import { History, type Movement } from "./History.tsx";
import { Redeem } from "./redeeming/Redeem.tsx";
import { Redemptions } from "./redeeming/Redemptions.tsx";
import { useHolding, useVaultExits } from "./redeeming/read.ts";
import type { Vault } from "./vault/read.ts";
import { toShown, worthOf } from "./vault/shares.ts";

interface Holder {
  liquidHolder: {
    redemptions: { requestId: string; assetsAtRequest: string }[];
    movements: { nodes: Movement[] };
  };
}

const HOLDER = `query LiquidHolder($address: String!) { liquidHolder(address: $address) {
  redemptions(first: 50) { requestId assetsAtRequest }
  movements(first: 50) { nodes { kind assets shares at transactionHash } } } }`;

/** The wallet's shares, what it redeems, and what it did. */
export function Mine({ vault }: { vault: Vault }) {
  const t = useT();
  const source = useSources();
  const { address } = useConnection();
  const holding = useHolding();
  const exits = useVaultExits(vault.memberNo);
  const holder = useGraphql<Holder>("liquid-holder", HOLDER, { address }, { enabled: address !== undefined });
  const chain = source.chain(holding.block);
  return (
    <Answer query={holding}>
      {({ shares, redemptions }) => (
        <div className="grid gap-5">
          <Figures
            facts={[
              {
                name: t("liquid.myShares"),
                value: <Amount value={toShown(shares)} source={chain} digits={4} unit="sTBURN" noted />,
              },
              {
                name: t("liquid.myValue"),
                value: (
                  <Amount
                    value={worthOf(shares, vault.totalAssets, vault.totalSupply)}
                    source={chain}
                    digits={4}
                    noted
                  />
                ),
              },
            ]}
          />
          <div className="grid items-start gap-5 lg:grid-cols-2">
            <Redeem vault={vault} held={shares} source={chain} />
            <Redemptions
              redemptions={redemptions}
              exits={exits.data ?? []}
              asked={holder.data?.liquidHolder.redemptions ?? []}
              chain={chain}
              indexed={source.indexed}
            />
          </div>
          <Answer query={holder}>
            {({ liquidHolder }) => <History movements={liquidHolder.movements.nodes} source={source.indexed} />}
          </Answer>
        </div>
      )}
    </Answer>
  );
}
