import { useChain } from "../../../shared/chain/context.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { useTrials } from "../parts/trial.ts";
import { Markdown } from "../text/Markdown.tsx";
import { CallEditor } from "./CallEditor.tsx";
import { useAbis } from "./catalogue.ts";
import { build, type CallDraft, emptyCall, MAX_TITLE, useProposalDraft } from "./draft.ts";
import { useAllowed } from "./eligibility.ts";
import { Preview } from "./Preview.tsx";
import { Submit } from "./Submit.tsx";

/** The limit of calls that fit a transaction comfortably. */
const MAX_CALLS = 10;

function Words({
  title,
  body,
  write,
}: Pick<ReturnType<typeof useProposalDraft>, "write"> & Record<"title" | "body", string>) {
  const t = useT();
  const isLong = title.length > MAX_TITLE;
  return (
    <Panel title={t("draft.words")}>
      <Field label={t("draft.titleLabel")} error={isLong ? t("draft.titleLong", { n: MAX_TITLE }) : undefined}>
        {(ids) => (
          <input
            {...ids}
            data-testid="draft-title"
            value={title}
            onChange={(event) => write({ title: event.target.value.replaceAll("\n", " ") })}
            className={inputLook}
          />
        )}
      </Field>
      <Field label={t("draft.bodyLabel")} hint={t("draft.bodyHint")}>
        {(ids) => (
          <textarea
            {...ids}
            rows={8}
            data-testid="draft-body"
            value={body}
            onChange={(event) => write({ body: event.target.value })}
            className={inputLook}
          />
        )}
      </Field>
      {body.trim() !== "" && (
        <details open>
          <summary className="min-h-6 cursor-pointer">{t("draft.bodyPreview")}</summary>
          <div className="mt-2 rounded-lg border border-line bg-bg p-3">
            <Markdown text={body} />
          </div>
        </details>
      )}
    </Panel>
  );
}

/** Words and calls of a proposal, and what they would do. */
export function DraftForm() {
  const t = useT();
  const { deployment } = useChain();
  const { draft, write, clear } = useProposalDraft();
  const allowed = useAllowed();
  const abis = useAbis(draft.calls.map(({ contract }) => contract));
  const addressOf = (name: string) =>
    allowed.find((one) => one === name) && deployment.contracts[name as "StakingCore"].address;
  const outcomes = draft.calls.map((call) => build(abis.get(call.contract), addressOf(call.contract), call));
  const built = outcomes.flatMap((outcome) => (outcome && "built" in outcome ? [outcome.built] : []));
  const trials = useTrials(built);
  const { title, body, calls } = draft;
  const change = (call: CallDraft) => write({ calls: calls.map((one) => (one.id === call.id ? call : one)) });
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <div className="grid gap-5">
        <Words title={title} body={body} write={write} />
        <Panel title={t("draft.calls")}>
          <div className="grid gap-4">
            {calls.map((call, index) => (
              <CallEditor
                key={call.id}
                number={index + 1}
                call={call}
                contracts={allowed}
                abi={abis.get(call.contract)}
                outcome={outcomes[index]}
                onChange={change}
                onRemove={
                  calls.length > 1 ? () => write({ calls: calls.filter(({ id }) => id !== call.id) }) : undefined
                }
              />
            ))}
            {calls.length < MAX_CALLS && (
              <Button onClick={() => write({ calls: [...calls, emptyCall()] })}>{t("draft.addCall")}</Button>
            )}
          </div>
        </Panel>
      </div>
      <div className="grid gap-5">
        <Panel title={t("draft.preview")}>
          {built.length === 0 ? (
            <p className="text-muted">{t("draft.nothing")}</p>
          ) : (
            <Preview calls={built} trials={trials} />
          )}
        </Panel>
        <Submit draft={draft} built={built} trials={trials} onSent={clear} />
      </div>
    </div>
  );
}
