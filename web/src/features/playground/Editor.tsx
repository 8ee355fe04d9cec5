import type { KeyboardEvent } from "react";
import { useT } from "../../shared/i18n/i18n.ts";
import { Button } from "../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../shared/ui/form/Field.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import type { Kept } from "./saved.ts";

type Draft = Omit<Kept, "name">;

interface Props {
  draft: Draft;
  isWrong: boolean;
  isBusy: boolean;
  isMember: boolean;
  onChange: (draft: Draft) => void;
  onRun: () => void;
}

/** Query and variables, plain: an editor with completion would weigh more than this whole page. */
export function Editor({ draft, isWrong, isBusy, isMember, onChange, onRun }: Props) {
  const t = useT();
  function runByKey(event: KeyboardEvent) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onRun();
  }
  const look = `${inputLook} font-mono text-sm`;
  return (
    <Panel title={t("playground.query")} data-testid="editor">
      <p className="mb-3 text-sm text-muted">{t(isMember ? "playground.asMember" : "playground.asVisitor")}</p>
      <Field label={t("playground.query")} hint={t("playground.query.hint")}>
        {(ids) => (
          <textarea
            {...ids}
            data-testid="query"
            value={draft.query}
            rows={14}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => onChange({ ...draft, query: event.target.value })}
            onKeyDown={runByKey}
            className={look}
          />
        )}
      </Field>
      <Field label={t("playground.variables")} {...(isWrong && { error: t("playground.variablesWrong") })}>
        {(ids) => (
          <textarea
            {...ids}
            data-testid="variables"
            value={draft.variables}
            rows={4}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => onChange({ ...draft, variables: event.target.value })}
            onKeyDown={runByKey}
            className={look}
          />
        )}
      </Field>
      <Button kind="primary" busy={isBusy} data-testid="run" onClick={onRun}>
        {t("playground.run")}
      </Button>
    </Panel>
  );
}
