import { Link } from "@tanstack/react-router";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { type Fact, Facts } from "../../../shared/ui/values/Facts.tsx";
import { type MemberScreening, useMemberScreening } from "./queries.ts";

function Risk({ result, hits }: MemberScreening) {
  const t = useT();
  const locale = useLocale();
  if (!result) return <p className="text-muted">{t("screening.never")}</p>;
  const facts: Fact[] = [
    { name: t("casework.score"), value: <strong className="num">{result.amlScore ?? "–"}</strong> },
    ...result.factors.map(({ name, points }) => ({
      name: t(`factor.${name}`),
      value: (
        <span className="num" data-testid="factor">
          +{points}
        </span>
      ),
    })),
    { name: t("casework.exposed"), value: t(result.isExposed ? "casework.yes" : "casework.no") },
    { name: t("screening.at"), value: formatTime(Date.parse(result.at) / 1_000, locale) },
    { name: t("screening.against"), value: Object.keys(result.versions).join(", ") || "–" },
  ];
  return (
    <>
      <Facts facts={facts} />
      {hits.length > 0 && (
        <ul className="mt-3 grid gap-2">
          {hits.map((hit) => (
            <li key={hit.id} data-testid="member-hit">
              <Link to="/admin/screening/$id" params={{ id: hit.id }}>
                {hit.caption} · {hit.score}
              </Link>{" "}
              <span className="text-muted">{t(`hit.${hit.state}`)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** A member's risk with what adds to it, and its hits. */
export function MemberRisk({ memberId }: { memberId: string }) {
  const t = useT();
  const query = useMemberScreening(memberId);
  return (
    <Panel title={t("screening.risk")} data-testid="member-risk">
      <Answer query={query} lines={5}>
        {(screening) => <Risk {...screening} />}
      </Answer>
    </Panel>
  );
}
