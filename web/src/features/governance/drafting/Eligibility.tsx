import { Link } from "@tanstack/react-router";
import { formatAmount } from "../../../shared/format/amount.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { buttonLook } from "../../../shared/ui/Button.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { RefreshVotes } from "../parts/RefreshVotes.tsx";
import { useEligibility } from "./eligibility.ts";

/** Whether the account has the votes to propose, and whether another proposal of it is still under way. */
export function Eligibility() {
  const t = useT();
  const source = useSources();
  const query = useEligibility();
  return (
    <Panel title={t("draft.may")} source={source.chain(query.block)} data-testid="eligibility">
      <Answer query={query} lines={2}>
        {({ votes, threshold, live, isEnough }) => {
          const values = { votes: formatAmount(votes, 2), threshold: formatAmount(threshold, 0) };
          return (
            <div className="grid gap-3" data-enough={isEnough}>
              {isEnough ? (
                <Notice tone="success" title={t("draft.enough", values)} />
              ) : (
                <>
                  <Notice tone="warning" title={t("draft.tooFew", values)}>
                    {t("draft.tooFewRemedy")}
                  </Notice>
                  <RefreshVotes />
                  <div className="flex flex-wrap gap-2">
                    <Link to="/validators" className={buttonLook("primary")} data-testid="stake-for-votes">
                      {t("stake.find")}
                    </Link>
                    <Link to="/governance/delegates" className={buttonLook("secondary")}>
                      {t("delegates.title")}
                    </Link>
                  </div>
                </>
              )}
              {live !== undefined && (
                <Notice tone="warning" title={t("draft.live")}>
                  <Link to="/governance/$id" params={{ id: live }} className="link inline-flex min-h-6 items-center">
                    {t("draft.openLive")}
                  </Link>
                </Notice>
              )}
            </div>
          );
        }}
      </Answer>
    </Panel>
  );
}
