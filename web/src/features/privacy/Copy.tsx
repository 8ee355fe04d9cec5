import { formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { Hurdle } from "../../shared/session/Hurdle.tsx";
import { Button } from "../../shared/ui/Button.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { HexText } from "../../shared/ui/values/HexText.tsx";
import { type DataCopy, useAskCopy, useCopy, useDropCopy, useFetchCopy } from "./queries.ts";

/** The key that is shown this one time. */
function Key({ text, onKept }: { text: string; onKept: () => void }) {
  const t = useT();
  return (
    <section aria-live="polite" className="mb-4 grid gap-3" data-testid="copy-key">
      <Notice tone="warning">{t("privacy.copy.key")}</Notice>
      <HexText value={text} full />
      <p className="text-muted text-sm">{t("privacy.copy.how")}</p>
      <div>
        <Button kind="primary" data-testid="copy-kept" onClick={onKept}>
          {t("privacy.copy.kept")}
        </Button>
      </div>
    </section>
  );
}

function Open({ one, memberId }: { one: DataCopy; memberId: string }) {
  const t = useT();
  const locale = useLocale();
  const fetching = useFetchCopy(memberId);
  const drop = useDropCopy(memberId);
  const isReady = one.state === "ready";
  const time = formatTime(Date.parse(one.endsAt) / 1_000, locale);
  return (
    <>
      <p className="mb-3" aria-live="polite" data-testid="copy-state" data-state={one.state}>
        {isReady ? t("privacy.copy.ready", { time }) : t("privacy.copy.waiting")}
      </p>
      <div className="flex flex-wrap gap-2">
        {isReady && (
          <Button
            kind="primary"
            busy={fetching.isPending}
            data-testid="copy-fetch"
            onClick={() => fetching.mutate(one.id)}
          >
            {t("privacy.copy.fetch")}
          </Button>
        )}
        <Button busy={drop.isPending} data-testid="copy-drop" onClick={() => drop.mutate()}>
          {t("privacy.copy.drop")}
        </Button>
      </div>
      <div role="alert">
        <Hurdle of={fetching} />
        <Hurdle of={drop} />
      </div>
    </>
  );
}

/** A copy of everything that is kept of the member, encrypted to a key that it alone has. */
export function Copy({ memberId }: { memberId: string }) {
  const t = useT();
  const copy = useCopy(memberId);
  const ask = useAskCopy(memberId);
  return (
    <Panel title={t("privacy.copy")} data-testid="copy">
      <p className="mb-4">{t("privacy.copy.lead")}</p>
      {ask.data?.key && <Key text={ask.data.key} onKept={ask.reset} />}
      <Answer query={copy} lines={3}>
        {(one) =>
          one?.state === "waiting" || one?.state === "ready" ? (
            <Open one={one} memberId={memberId} />
          ) : (
            <>
              {one && <p className="mb-3">{t(`privacy.copy.${one.state}`)}</p>}
              <Button kind="primary" busy={ask.isPending} data-testid="copy-ask" onClick={() => ask.mutate()}>
                {t("privacy.copy.ask")}
              </Button>
            </>
          )
        }
      </Answer>
      <div role="alert">
        <Hurdle of={ask} />
      </div>
    </Panel>
  );
}
