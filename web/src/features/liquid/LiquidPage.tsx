import { useConnection } from "wagmi";
import { useStanding } from "../../shared/action/gate/use-gate.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { Amount } from "../../shared/ui/values/Amount.tsx";
import { Figures } from "../../shared/ui/values/Facts.tsx";
import { Deposit } from "./Deposit.tsx";
import { Mine } from "./Mine.tsx";
import { Holdings } from "./vault/Holdings.tsx";
import { useVault, type Vault } from "./vault/read.ts";
import { toShown } from "./vault/shares.ts";

function Worth({ vault, source }: { vault: Vault; source: string }) {
  const t = useT();
  return (
    <Figures
      facts={[
        { name: t("liquid.price"), value: <Amount value={vault.price} source={source} digits={6} noted /> },
        { name: t("liquid.assets"), value: <Amount value={vault.totalAssets} source={source} digits={2} noted /> },
        {
          name: t("liquid.supply"),
          value: <Amount value={toShown(vault.totalSupply)} source={source} digits={2} unit="sTBURN" noted />,
        },
      ]}
    />
  );
}

/** Stake that can be passed on: the vault delegates, and sTBURN is a share of it. */
export function LiquidPage() {
  const t = useT();
  const source = useSources();
  const { address } = useConnection();
  const { data: standing } = useStanding();
  const read = useVault();
  const chain = source.chain(read.block);
  return (
    <>
      <PageHeader title={t("liquid.title")} lead={t("liquid.lead")} />
      <Answer query={read} lines={6}>
        {(vault) => (
          <div className="grid gap-5">
            <Worth vault={vault} source={chain} />
            <Notice tone="warning" title={t("liquid.noVotes")}>
              {t("liquid.lossShared")}
            </Notice>
            <div className="grid items-start gap-5 lg:grid-cols-2">
              <Deposit vault={vault} available={standing?.tokens} source={chain} />
              <Holdings vault={vault} source={chain} />
            </div>
            {address && <Mine vault={vault} />}
          </div>
        )}
      </Answer>
    </>
  );
}
