import { type StatementParts, statementLimits, wrongParts } from "@tburn/deployments/delegate-statement";
import { useState } from "react";
import { isDeclined } from "../../../shared/action/revert.ts";
import { formatCount } from "../../../shared/format/number.ts";
import { useGraphql } from "../../../shared/graphql/query.ts";
import { GraphqlProblem } from "../../../shared/graphql/request.ts";
import { useSources } from "../../../shared/graphql/source.ts";
import { type Translate, useT } from "../../../shared/i18n/i18n.ts";
import type { Key } from "../../../shared/i18n/ko.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Answer } from "../../../shared/ui/states/Answer.tsx";
import { usePublishing } from "./publish.ts";
import { type PublishedStatement, STATEMENT } from "./queries.ts";

const parts = ["name", "text", "link"] as const;
const empty: StatementParts = { name: "", text: "", link: "" };

/** Why it was not published, in words; the server's own where there are none. */
function wordProblem(error: Error, t: Translate): string {
  if (isDeclined(error)) return t("statements.declined");
  const key = `statements.${error instanceof GraphqlProblem ? error.refusal : ""}` as Key;
  const text = t(key);
  return text === key ? error.message : text;
}

function Form({ published }: { published: PublishedStatement | null }) {
  const t = useT();
  const [draft, setDraft] = useState<StatementParts>({ ...empty, ...published });
  const publishing = usePublishing();
  const { name, text, link } = draft;
  const isEmpty = name === "" && text === "" && link === "";
  const wrong = wrongParts(draft);
  const isChanged = parts.some((part) => draft[part] !== (published?.[part] ?? ""));
  function press() {
    const first = isEmpty ? "name" : wrong[0];
    if (first) return document.querySelector<HTMLElement>(`[data-part=${first}]`)?.focus();
    publishing.mutate({ name, text, link });
  }
  return (
    <>
      {parts.map((part) => (
        <Field
          key={part}
          label={t(`statements.${part}`)}
          hint={t(`statements.${part}Hint`, { most: formatCount(statementLimits[part]) })}
          error={wrong.includes(part) && draft[part] !== "" ? t(`statements.${part}Wrong`) : undefined}
        >
          {(ids) => {
            const common = {
              ...ids,
              "data-part": part,
              value: draft[part],
              className: inputLook,
              onChange: ({ target }: { target: { value: string } }) => setDraft({ ...draft, [part]: target.value }),
            };
            return part === "text" ? <textarea {...common} rows={6} /> : <input {...common} />;
          }}
        </Field>
      ))}
      <div className="grid gap-2">
        <Button kind="primary" wide data-testid="publish-statement" busy={publishing.isPending} onClick={press}>
          {t(isEmpty || wrong.length > 0 ? "statements.complete" : "statements.publish")}
        </Button>
        {published && (
          <Button
            wide
            data-testid="withdraw-statement"
            busy={publishing.isPending}
            onClick={() => publishing.mutate(empty, { onSuccess: () => setDraft(empty) })}
          >
            {t("statements.withdraw")}
          </Button>
        )}
        <p role="status" className={`text-sm ${publishing.error ? "text-danger" : "text-muted"}`}>
          {publishing.error
            ? wordProblem(publishing.error, t)
            : publishing.isSuccess && !isChanged
              ? t("statements.done")
              : ""}
        </p>
      </div>
    </>
  );
}

/** What the connected delegate says of itself, and the way to say it anew. */
export function MyStatement({ address }: { address: string }) {
  const t = useT();
  const { indexed } = useSources();
  const query = useGraphql<{ delegate: { statement: PublishedStatement | null } | null }>("statement", STATEMENT, {
    address: address.toLowerCase(),
  });
  return (
    <Panel title={t("statements.mine")} source={indexed} data-testid="my-statement">
      <p className="mb-2 text-sm text-muted">{t("statements.meaning")}</p>
      <details>
        <summary className="min-h-8 cursor-pointer font-semibold">{t("statements.write")}</summary>
        <div className="mt-3">
          <Answer query={query} lines={4}>
            {({ delegate }) => <Form key={address} published={delegate?.statement ?? null} />}
          </Answer>
        </div>
      </details>
    </Panel>
  );
}
