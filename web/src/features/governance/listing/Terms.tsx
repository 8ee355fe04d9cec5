import { useChainRead } from "../../../shared/chain/read.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { Countdown } from "../../../shared/ui/values/Countdown.tsx";
import { Facts } from "../../../shared/ui/values/Facts.tsx";
import { useProtocol } from "../protocol.ts";

/** The governor's terms, as they hold now. */
function useTerms() {
  const { governor, votes } = useProtocol();
  return useChainRead(["terms"], async ({ client }) => {
    const [delay, period, extension, threshold, percent, units] = await Promise.all([
      client.readContract({ ...governor, functionName: "votingDelay" }),
      client.readContract({ ...governor, functionName: "votingPeriod" }),
      client.readContract({ ...governor, functionName: "lateQuorumVoteExtension" }),
      client.readContract({ ...governor, functionName: "proposalThreshold" }),
      client.readContract({ ...governor, functionName: "quorumNumerator" }),
      client.readContract({ ...votes, functionName: "totalSupply" }),
    ]);
    return { delay, period, extension, threshold, percent, units };
  });
}

/** Rules of a vote: how long each part takes, who may propose, how many must take part. */
export function Terms() {
  const t = useT();
  const source = useSources();
  const terms = useTerms();
  const chain = source.chain(terms.block);
  return (
    <Panel title={t("terms.title")} source={chain}>
      <Answer query={terms}>
        {({ delay, period, extension, threshold, percent, units }) => (
          <Facts
            facts={[
              { name: t("terms.delay"), value: <Countdown seconds={Number(delay)} /> },
              { name: t("terms.period"), value: <Countdown seconds={Number(period)} /> },
              { name: t("terms.extension"), value: <Countdown seconds={Number(extension)} /> },
              { name: t("terms.threshold"), value: <Amount value={threshold} source={chain} digits={0} unit="" /> },
              { name: t("terms.quorum"), value: `${percent}%` },
              { name: t("terms.units"), value: <Amount value={units} source={chain} digits={0} unit="" /> },
            ]}
          />
        )}
      </Answer>
    </Panel>
  );
}
