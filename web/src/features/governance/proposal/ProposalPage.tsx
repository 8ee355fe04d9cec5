import { Link, useParams } from "@tanstack/react-router";
import { useConnection } from "wagmi";
import { shortHex } from "../../../shared/format/number.ts";
import { useGraphql } from "../../../shared/graphql/query.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { buttonLook } from "../../../shared/ui/Button.tsx";
import { PageHeader } from "../../../shared/ui/PageHeader.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { Loading } from "../../../shared/ui/states/Loading.tsx";
import { Problem } from "../../../shared/ui/states/Problem.tsx";
import { HexText } from "../../../shared/ui/values/HexText.tsx";
import { StateBadge } from "../parts/StateBadge.tsx";
import { PROPOSAL, type RecordedProposal, useView } from "../queries.ts";
import { isEnded, isProposalId, shortId } from "../states.ts";
import { bodyOf } from "../text/blocks.ts";
import { Markdown } from "../text/Markdown.tsx";
import { MyVote } from "../voting/MyVote.tsx";
import { Ballots } from "./Ballots.tsx";
import { Calls } from "./Calls.tsx";
import { Steps } from "./Steps.tsx";
import { Tally } from "./Tally.tsx";
import { Timeline } from "./Timeline.tsx";
import { TriedCalls } from "./TriedCalls.tsx";

function Missing() {
  const t = useT();
  return (
    <>
      <PageHeader title={t("proposal.missing")} />
      <Empty title={t("proposal.missing")} reason={t("proposal.missingReason")}>
        <Link to="/governance" className={buttonLook("primary")}>
          {t("governance.all")}
        </Link>
      </Empty>
    </>
  );
}

interface ContentProps {
  query: ReturnType<typeof useRecorded>;
  isOpen: boolean;
  source: string;
}

/** Text and calls as recorded; while the indexer trails or is silent, that they are on their way. */
function Content({ query, isOpen, source }: ContentProps) {
  const t = useT();
  const proposal = query.data?.proposal;
  if (!proposal) {
    if (query.error) return <Problem error={query.error} onRetry={query.refetch} />;
    if (query.isPending) return <Loading lines={8} />;
    return <Empty title={t("proposal.notRecorded")} reason={t("proposal.notRecordedReason")} />;
  }
  const body = bodyOf(proposal.description);
  return (
    <>
      <Panel title={t("proposal.text")} source={source} data-testid="proposal-text">
        {body === "" ? <p className="text-muted">{t("proposal.noText")}</p> : <Markdown text={body} />}
        <p className="mt-4 text-sm text-muted">
          {t("proposal.proposer")}:{" "}
          <Link
            to="/governance/delegates/$address"
            params={{ address: proposal.proposer }}
            className="link inline-flex min-h-6 items-center font-mono"
          >
            {shortHex(proposal.proposer)}
          </Link>{" "}
          · {t("block.short", { number: proposal.blockNumber })} · <HexText value={proposal.transactionHash} />
        </p>
      </Panel>
      <Panel title={t("proposal.calls")} source={source} data-testid="proposal-calls">
        {isOpen ? <TriedCalls calls={proposal.calls} /> : <Calls calls={proposal.calls} />}
      </Panel>
    </>
  );
}

const useRecorded = (id: string, enabled: boolean) =>
  useGraphql<{ proposal: RecordedProposal | null }>("proposal", PROPOSAL, { id }, { enabled });

function Proposal({ id }: { id: string }) {
  const t = useT();
  const source = useSources();
  const isId = isProposalId(id);
  const view = useView(isId ? BigInt(id) : 0n, isId);
  const recorded = useRecorded(id, isId);
  const proposal = recorded.data?.proposal ?? undefined;
  const chain = source.chain(view.block);
  const isUnknown = view.data === undefined && /revert/i.test(view.error?.message ?? "");
  if (!isId || (isUnknown && !proposal)) return <Missing />;
  const title = proposal?.title || t("proposal.untitled", { id: shortId(id) });
  return (
    <>
      <PageHeader
        title={title}
        lead={t("proposal.number", { id: shortId(id) })}
        actions={view.data && <StateBadge state={view.data.state} />}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[3fr_2fr] lg:grid-rows-[auto_1fr]">
        <div className="grid gap-5">
          <Content
            query={recorded}
            isOpen={view.data !== undefined && !isEnded(view.data.state)}
            source={source.indexed}
          />
        </div>
        <div className="grid gap-5 lg:row-span-2">
          <Answer query={view} lines={8}>
            {(known) => (
              <>
                <MyVote id={id} title={title} view={known} source={chain} />
                <Steps proposal={proposal} id={id} view={known} />
                <Tally view={known} source={chain} />
                <Timeline view={known} proposal={proposal} source={chain} />
              </>
            )}
          </Answer>
        </div>
        <Ballots id={id} source={source.indexed} />
      </div>
    </>
  );
}

/** One proposal: what it says and does, how the vote goes, and what the reader can do about it. */
export function ProposalPage() {
  const { id } = useParams({ from: "/governance/$id" });
  const { address } = useConnection();
  // Nothing of another proposal or account is shown while the answer is on its way.
  return <Proposal key={`${id}-${address}`} id={id} />;
}
