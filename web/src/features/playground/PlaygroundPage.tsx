import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../shared/i18n/i18n.ts";
import { wordsOfRefusal } from "../../shared/session/refused-words.ts";
import { asked, type Session } from "../../shared/session/session.ts";
import { useEarlier } from "../../shared/session/use-earlier.ts";
import { PageHeader } from "../../shared/ui/PageHeader.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Empty } from "../../shared/ui/states/Empty.tsx";
import { Loading } from "../../shared/ui/states/Loading.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { Editor } from "./Editor.tsx";
import { Outcome } from "./Outcome.tsx";
import { Schema } from "./Schema.tsx";
import { Shelf } from "./Shelf.tsx";
import { queryIn, variablesIn } from "./saved.ts";
import { starters } from "./starters.ts";

const first = () => queryIn(location.hash) ?? { query: starters[0]?.query ?? "", variables: "{}" };

async function run({ query, variables }: { query: string; variables: Record<string, unknown> }) {
  const begun = performance.now();
  const told = await asked<unknown>(query, variables);
  return { told, ms: Math.round(performance.now() - begun) };
}

function Desk({ session }: { session: Session | undefined }) {
  const t = useT();
  const [draft, setDraft] = useState(first);
  const [isWrong, setWrong] = useState(false);
  const running = useMutation({ mutationFn: run });
  function start() {
    const variables = variablesIn(draft.variables);
    setWrong(variables === undefined);
    if (variables && !running.isPending) running.mutate({ query: draft.query, variables });
  }
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[2fr_1fr]">
      <div className="grid min-w-0 gap-5">
        <Editor
          draft={draft}
          isWrong={isWrong}
          isBusy={running.isPending}
          isMember={session !== undefined}
          onChange={setDraft}
          onRun={start}
        />
        <Panel title={t("playground.result")} data-testid="result">
          <div aria-live="polite">
            {running.error && <Notice tone="danger">{wordsOfRefusal(running.error, t)}</Notice>}
            {running.isIdle && <Empty title={t("playground.notRun")} reason={t("playground.notRunReason")} />}
            {running.data && <Outcome {...running.data} />}
          </div>
        </Panel>
      </div>
      <div className="grid min-w-0 gap-5">
        <Shelf draft={draft} memberId={session?.memberId} onChoose={setDraft} />
        <Schema />
      </div>
    </div>
  );
}

/** Queries of one's own: written or chosen, run, kept, shared and exported. */
export function PlaygroundPage() {
  const t = useT();
  const { session } = useEarlier();
  return (
    <>
      <PageHeader title={t("playground.title")} lead={t("playground.lead")} />
      {session === "unknown" ? <Loading lines={8} /> : <Desk session={session} />}
    </>
  );
}
