import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useState } from "react";
import { useT } from "../../shared/i18n/i18n.ts";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { matching, type SchemaType, typesIn } from "./schema-text.ts";

/** The schema is as this site's server has it. */
async function fetchTypes(): Promise<SchemaType[]> {
  const response = await fetch("/playground/schema.graphql");
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return typesIn(await response.text());
}

function Types({ types }: { types: SchemaType[] }) {
  const t = useT();
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text);
  const shown = useMemo(() => matching(types, wanted), [types, wanted]);
  return (
    <>
      <Field label={t("playground.schemaFind")}>
        {(ids) => (
          <input
            {...ids}
            type="search"
            value={text}
            maxLength={60}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
            className={inputLook}
          />
        )}
      </Field>
      <p role="status">{shown.length === 0 ? t("playground.schemaNone") : ""}</p>
      <ul>
        {shown.map(({ name, lines }) => (
          <li key={name} data-testid="schema-type">
            <details open={wanted.trim() !== "" || name === "Query"}>
              <summary className="min-h-6 cursor-pointer font-mono text-sm font-semibold">{name}</summary>
              <ul className="mb-2 pl-4 font-mono text-xs">
                {lines.map((line) => (
                  <li key={line} className="py-0.5">
                    {line}
                  </li>
                ))}
              </ul>
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Everything that can be asked, to look up beside the query. */
export function Schema() {
  const t = useT();
  const schema = useQuery({ queryKey: ["schema"], queryFn: fetchTypes, staleTime: Number.POSITIVE_INFINITY });
  return (
    <Panel title={t("playground.schema")} data-testid="schema">
      <Answer query={schema} lines={8}>
        {(types) => <Types types={types} />}
      </Answer>
    </Panel>
  );
}
