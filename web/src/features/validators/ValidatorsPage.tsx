import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useGraphqlPages } from "../../shared/graphql/query.ts";
import { useSources } from "../../shared/graphql/source.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { Button, buttonLook } from "../../shared/ui/Button.tsx";
import { Choice } from "../../shared/ui/form/Choice.tsx";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { Chosen } from "./comparing/Chosen.tsx";
import { parseIds, toggle, writeIds } from "./comparing/chosen.ts";
import { type ListedValidator, shuffled, VALIDATORS } from "./queries.ts";
import { type Sorting, ValidatorTable } from "./ValidatorTable.tsx";

const sortFields = { stake: "TOTAL_STAKE", commission: "COMMISSION", name: "NAME", self: "SELF_STAKE" } as const;
const today = Math.floor(Date.now() / 86_400_000);
const TYPING_MS = 300;

/** All validators, with search, filter and order in the address. */
export function ValidatorsPage() {
  const t = useT();
  const source = useSources();
  const navigate = useNavigate();
  const search = useSearch({ from: "/validators" });
  const { q, status, sort, dir = "desc" } = search;
  const [typed, setTyped] = useState(q ?? "");
  const chosen = parseIds(search.pick);
  const go = (part: Partial<typeof search>) =>
    navigate({ to: "/validators", search: { ...search, ...part }, replace: true });

  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the wait
  useEffect(() => {
    const timer = setTimeout(() => typed !== (q ?? "") && void go({ q: typed || undefined }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  const list = useGraphqlPages<ListedValidator>("validators", VALIDATORS, {
    filter: { search: q, active: status && status === "active" },
    sort: { field: sort ? sortFields[sort] : "TOTAL_STAKE", direction: dir === "asc" ? "ASC" : "DESC" },
  });
  const rows = list.nodes && (sort ? list.nodes : shuffled(list.nodes, today));
  const sorting: Sorting = {
    field: sort,
    direction: dir,
    toggle: (field) => void go({ sort: field, dir: sort === field && dir === "desc" ? "asc" : "desc" }),
  };
  return (
    <>
      <PageHeader
        title={t("validators.title")}
        lead={t(sort ? "validators.leadSorted" : "validators.leadShuffled")}
        actions={
          <Link to="/appeals" className={buttonLook("secondary")} data-testid="to-appeals">
            {t("appeals.title")}
          </Link>
        }
      />
      <div className="mb-2 flex flex-wrap items-end gap-x-4">
        <div className="w-full sm:w-72">
          <Field label={t("validators.search")}>
            {(ids) => (
              <input
                {...ids}
                type="search"
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                className={inputLook}
              />
            )}
          </Field>
        </div>
        <div className="mb-5">
          <Choice
            label={t("validators.filter")}
            value={status ?? "all"}
            options={[
              { value: "all", label: t("validators.all") },
              { value: "active", label: t("status.active") },
              { value: "inactive", label: t("status.inactive") },
            ]}
            onChange={(next) => void go({ status: next === "all" ? undefined : next })}
          />
        </div>
        {sort && (
          <div className="mb-5">
            <Button onClick={() => void go({ sort: undefined, dir: undefined })}>{t("validators.unsort")}</Button>
          </div>
        )}
      </div>
      <Chosen ids={chosen} onClear={() => void go({ pick: undefined })} />
      <Panel title={t("validators.count", { n: list.total ?? 0 })} source={source.indexed}>
        <Answer query={{ ...list, data: rows }} lines={8}>
          {(known) =>
            known.length === 0 ? (
              <Empty title={t("validators.none")} reason={t("validators.noneReason")}>
                <Button
                  onClick={() => {
                    setTyped("");
                    void navigate({ to: "/validators", search: {} });
                  }}
                >
                  {t("validators.reset")}
                </Button>
              </Empty>
            ) : (
              <ValidatorTable
                validators={known}
                source={source.indexed}
                sorting={sorting}
                chosen={chosen}
                onChoose={(id) => void go({ pick: writeIds(toggle(chosen, id)) })}
              />
            )
          }
        </Answer>
        {list.hasNextPage && (
          <Button wide className="mt-4" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("ui.more")}
          </Button>
        )}
      </Panel>
    </>
  );
}
