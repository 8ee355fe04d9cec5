import { useGraphql } from "../../../shared/graphql/query.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { MatterTable } from "./MatterTable.tsx";
import { type ListedCase, type ListedSuspension, type Sorted, sortMatters } from "./matters.ts";

interface Matters {
  slashCases: { nodes: ListedCase[] };
  suspensions: { nodes: ListedSuspension[] };
}

const MATTERS = `query Matters {
  slashCases(first: 100) { nodes { caseId kind state appealBy decideBy executeBy validator { name } } }
  suspensions(first: 100) { nodes { suspensionId memberNo reason state appealBy decideBy endsAt restoredAt } } }`;

/** What waits, and for whom. `parts` says how much of it is shown. */
export function WorkList({ parts }: { parts: readonly (keyof Sorted)[] }) {
  const t = useT();
  const { indexed } = useSources();
  const answer = useGraphql<Matters>("matters", MATTERS);
  return (
    <Answer query={answer} lines={6}>
      {({ slashCases, suspensions }) => {
        const sorted = sortMatters(slashCases.nodes, suspensions.nodes);
        return (
          <div className="grid gap-5">
            {parts.map((part) => (
              <Panel key={part} title={t(`appeals.${part}`)} source={indexed} data-testid={`matters-${part}`}>
                {sorted[part].length === 0 ? (
                  <Empty title={t("appeals.none")} reason={t(`appeals.${part}None`)} />
                ) : (
                  <MatterTable caption={t(`appeals.${part}`)} matters={sorted[part]} />
                )}
              </Panel>
            ))}
          </div>
        );
      }}
    </Answer>
  );
}
