import { useState } from "react";
import { useChain } from "../../../shared/chain/context.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Button } from "../../../shared/ui/Button.tsx";
import { Field, inputLook } from "../../../shared/ui/form/Field.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { type NodeState, type StageProps, useStep } from "../registration.ts";
import { StepProblem } from "../StepProblem.tsx";

const tones = (state: NodeState) => {
  if (state === "ANSWERED") return "success";
  return state === "NOT_ASKED" || state === "ASKED" ? "info" : "warning";
};

/** Has the validator's node asked for its key: the command to run there, where it listens, and what came of it. */
export function NodeCheck({ registration, memberId }: StageProps) {
  const t = useT();
  const locale = useLocale();
  const { config } = useChain();
  const step = useStep(memberId);
  const [endpoint, setEndpoint] = useState("");
  const { id, node } = registration;
  if (!node) return null;
  const path = `/api/v1/registrations/${id}/node-check`;
  const time = node.askedAt ? formatTime(Date.parse(node.askedAt) / 1_000, locale) : "";
  return (
    <section className="my-4 border-t border-line pt-4" data-testid="node-check" data-state={node.state}>
      <h3 className="font-semibold">{t("node.title")}</h3>
      <div role="status" className="my-2">
        <Notice tone={tones(node.state)} title={t(`node.state.${node.state}`)}>
          {time && t("node.at", { time })}
        </Notice>
      </div>
      <p className="mb-2">{t("node.lead")}</p>
      <figure className="mb-3">
        <figcaption className="text-sm text-muted">{t("node.command")}</figcaption>
        <pre className="rounded-lg bg-raised p-3 text-sm whitespace-pre-wrap break-all" data-testid="node-command">
          <code>{`npm run node-answer -- --key-file ./consensus.key --chain-id ${config.chainId} --port 26660`}</code>
        </pre>
        <p className="text-sm text-muted">{t("node.commandNote")}</p>
      </figure>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!step.isPending) step.mutate({ path, body: { endpoint: endpoint.trim() } });
        }}
      >
        <Field label={t("node.endpoint")} hint={t("node.endpointHint")}>
          {(ids) => (
            <input
              {...ids}
              required
              maxLength={255}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder="validator.example:26660"
              data-testid="node-endpoint"
              value={endpoint}
              onChange={(event) => setEndpoint(event.target.value)}
              className={inputLook}
            />
          )}
        </Field>
        <StepProblem error={step.error} />
        <Button type="submit" busy={step.isPending} className="mt-2" data-testid="node-ask">
          {t("node.ask")}
        </Button>
      </form>
      {node.state !== "ANSWERED" && <p className="mt-2 text-sm text-muted">{t("node.optional")}</p>}
    </section>
  );
}
