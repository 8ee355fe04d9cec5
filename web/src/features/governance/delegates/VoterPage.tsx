import { Link, useParams } from "@tanstack/react-router";
import { type Address, isAddress } from "viem";
import { useConnection } from "wagmi";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChainRead } from "../../../shared/chain/read.ts";
import { shortHex } from "../../../shared/format/number.ts";
import { useGraphql } from "../../../shared/graphql/query.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { buttonLook } from "../../../shared/ui/Button.tsx";
import { PageHeader } from "../../../shared/ui/PageHeader.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { Facts } from "../../../shared/ui/values/Facts.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import { delegateVotes } from "../actions/delegate-votes.ts";
import { useProtocol } from "../protocol.ts";
import { useMyUnits } from "../voting/my-units.ts";
import { nameOf, VOTER, type Voter } from "./queries.ts";
import { Statement } from "./Statement.tsx";
import { PowerHistory, VotingRecord } from "./VotingRecord.tsx";

/** Lets the reader hand its votes to this voter, unless it has, or is it. */
function Entrust({ to }: { to: Address }) {
  const t = useT();
  const protocol = useProtocol();
  const { address } = useConnection();
  const { data } = useMyUnits();
  if (address?.toLowerCase() === to.toLowerCase()) return <Notice title={t("delegates.yourself")} />;
  if (data?.delegate.toLowerCase() === to.toLowerCase()) return <Notice tone="success" title={t("delegation.same")} />;
  return (
    <ActionButton
      action={delegateVotes}
      input={{ protocol, to }}
      label={t("delegation.toThis")}
      testId="primary-action"
    />
  );
}

function Power({ address }: { address: Address }) {
  const t = useT();
  const source = useSources();
  const { votes } = useProtocol();
  const read = useChainRead(["voter", address], async ({ client }) => {
    const [power, units, delegate] = await Promise.all([
      client.readContract({ ...votes, functionName: "getVotes", args: [address] }),
      client.readContract({ ...votes, functionName: "balanceOf", args: [address] }),
      client.readContract({ ...votes, functionName: "delegates", args: [address] }),
    ]);
    return { power, units, delegate };
  });
  const chain = source.chain(read.block);
  return (
    <Panel title={t("delegates.power")} source={chain}>
      <Answer query={read}>
        {({ power, units, delegate }) => (
          <Facts
            facts={[
              { name: t("delegates.address"), value: <HexText value={address} /> },
              { name: t("delegates.votes"), value: <Amount value={power} source={chain} digits={2} unit="" /> },
              { name: t("delegates.units"), value: <Amount value={units} source={chain} digits={2} unit="" /> },
              {
                name: t("delegates.speaks"),
                value:
                  /^0x0+$/.test(delegate) || delegate.toLowerCase() === address.toLowerCase() ? (
                    t("delegates.itself")
                  ) : (
                    <HexText value={delegate} />
                  ),
              },
            ]}
          />
        )}
      </Answer>
      <div className="mt-4">
        <Entrust to={address} />
      </div>
    </Panel>
  );
}

function OneVoter({ address }: { address: string }) {
  const t = useT();
  const source = useSources();
  const isKnown = isAddress(address, { strict: false });
  const query = useGraphql<{ delegate: Voter | null }>("voter", VOTER, { address }, { enabled: isKnown });
  const voter = query.data?.delegate;
  if (!isKnown)
    return (
      <>
        <PageHeader title={t("delegates.title")} />
        <Empty title={t("delegation.noAddress")}>
          <Link to="/governance/delegates" className={buttonLook("primary")}>
            {t("delegates.list")}
          </Link>
        </Empty>
      </>
    );
  return (
    <>
      <PageHeader title={(voter && nameOf(voter)) ?? shortHex(address)} lead={t("delegates.voterLead")} />
      <div className="grid gap-5">
        <Power address={address as Address} />
        <Answer query={query} lines={6}>
          {({ delegate }) =>
            delegate ? (
              <>
                {delegate.statement && <Statement statement={delegate.statement} source={source.indexed} />}
                <VotingRecord voter={delegate} source={source.indexed} />
                <PowerHistory voter={delegate} source={source.indexed} />
              </>
            ) : (
              <Empty title={t("delegates.unknown")} reason={t("delegates.unknownReason")} />
            )
          }
        </Answer>
      </div>
    </>
  );
}

/** One voter: its power, how it voted and why, how its votes changed. */
export function VoterPage() {
  const { address } = useParams({ from: "/governance/delegates/$address" });
  return <OneVoter key={address} address={address} />;
}
