import { Link } from "@tanstack/react-router";
import { useConnection } from "wagmi";
import { useGraphqlPages } from "../../shared/graphql/query.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { Button, buttonLook } from "../../shared/ui/Button.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { ProposalList } from "./listing/ProposalList.tsx";
import { sortedOut } from "./listing/sorting.ts";
import { Terms } from "./listing/Terms.tsx";
import { type ListedProposal, PROPOSALS, useViews } from "./queries.ts";

const sections = ["mine", "active", "ended"] as const;

/** Proposals: those that wait for the reader, those under way, and those that have ended. */
export function GovernancePage() {
  const t = useT();
  const source = useSources();
  const { address } = useConnection();
  const list = useGraphqlPages<ListedProposal>("proposals", PROPOSALS, {});
  const views = useViews(list.nodes?.map(({ proposalId }) => proposalId));
  const both = list.nodes && views.data && sortedOut(list.nodes, views.data, address);
  const error = list.error ?? views.error;
  const query = { data: both, error, refetch: () => Promise.all([list.refetch(), views.refetch()]) };
  return (
    <>
      <PageHeader
        title={t("governance.title")}
        lead={t("governance.lead")}
        actions={
          <>
            <Link to="/governance/delegates" className={buttonLook("secondary")}>
              {t("delegates.title")}
            </Link>
            <Link to="/governance/new" className={buttonLook("primary")} data-testid="primary-action">
              {t("governance.new")}
            </Link>
          </>
        }
      />
      <div className="grid gap-5">
        <Answer query={query} lines={8}>
          {(sorted) =>
            sections
              .filter((section) => section !== "mine" || address !== undefined)
              .map((section) => (
                <Panel
                  key={section}
                  title={t(`governance.${section}`)}
                  source={`${source.chain(views.block)} · ${source.indexed}`}
                  data-testid={`proposals-${section}`}
                >
                  {sorted[section].length === 0 ? (
                    <Empty title={t(`governance.${section}.none`)} reason={t(`governance.${section}.noneReason`)} />
                  ) : (
                    <ProposalList rows={sorted[section]} source={source.chain(views.block)} />
                  )}
                </Panel>
              ))
          }
        </Answer>
        {list.hasNextPage && (
          <Button wide busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("ui.more")}
          </Button>
        )}
        <Terms />
      </div>
    </>
  );
}
