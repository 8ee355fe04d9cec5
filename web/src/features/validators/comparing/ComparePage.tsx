import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useChainRead } from "../../../shared/chain/read.ts";
import { useGraphql } from "../../../shared/graphql/query.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { buttonLook } from "../../../shared/ui/Button.tsx";
import { PageHeader } from "../../../shared/ui/PageHeader.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { readValidator } from "../queries.ts";
import { ComparedCard, type Told } from "./ComparedCard.tsx";
import { parseIds, writeIds } from "./chosen.ts";

type Compared = Record<"a" | "b" | "c" | "d", Told | null>;

const COMPARED_FIELDS =
  "validatorId name netAprBps positionCount capacity slashes { blockNumber } cases(first: 50) { caseId }";
const COMPARED = `query Compared($a: Int!, $b: Int!, $c: Int!, $d: Int!) {
  a: validator(validatorId: $a) { ${COMPARED_FIELDS} } b: validator(validatorId: $b) { ${COMPARED_FIELDS} }
  c: validator(validatorId: $c) { ${COMPARED_FIELDS} } d: validator(validatorId: $d) { ${COMPARED_FIELDS} } }`;

/** Up to four validators side by side. */
export function ComparePage() {
  const t = useT();
  const navigate = useNavigate();
  const ids = parseIds(useSearch({ from: "/validators/compare" }).ids);
  const [a = 0, b = 0, c = 0, d = 0] = ids;
  const told = useGraphql<Compared>("compared", COMPARED, { a, b, c, d }, { enabled: ids.length > 0 }).data;
  const known = useChainRead(
    ["compared", ...ids],
    (reader) => Promise.all(ids.map(async (id) => [id, await readValidator(reader, id)] as const)),
    { enabled: ids.length > 0 },
  );
  const remove = (id: number) =>
    navigate({ to: "/validators/compare", search: { ids: writeIds(ids.filter((one) => one !== id)) } });
  const choose = (
    <Link
      to="/validators"
      search={{ pick: writeIds(ids) }}
      className={buttonLook(ids.length === 0 ? "primary" : "secondary")}
    >
      {t("compare.choose")}
    </Link>
  );
  const columns = ids.length > 2 ? "lg:grid-cols-4" : "lg:grid-cols-2";
  return (
    <>
      <PageHeader title={t("compare.title")} lead={t("compare.lead")} actions={ids.length > 0 ? choose : undefined} />
      {ids.length === 0 ? (
        <Empty title={t("compare.none")} reason={t("compare.noneReason")}>
          {choose}
        </Empty>
      ) : (
        <Answer query={known} lines={8}>
          {(list) => (
            <div className={`grid items-start gap-4 sm:grid-cols-2 ${columns}`}>
              {ids.map((id) => (
                <ComparedCard
                  key={id}
                  id={id}
                  told={told && Object.values(told).find((one) => one?.validatorId === id)}
                  known={list.find(([one]) => one === id)?.[1]}
                  block={known.block}
                  onRemove={() => void remove(id)}
                />
              ))}
            </div>
          )}
        </Answer>
      )}
    </>
  );
}
