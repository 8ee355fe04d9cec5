import { formatTime } from "../../shared/format/number.ts";
import { useLocale, useT } from "../../shared/i18n/i18n.ts";
import { type Consent, useConsents, useSay } from "../../shared/session/consents.ts";
import { Hurdle } from "../../shared/session/Hurdle.tsx";
import { Button } from "../../shared/ui/Button.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Answer } from "../../shared/ui/states/Answer.tsx";

type Say = ReturnType<typeof useSay>;

function Purpose({ consent, say }: { consent: Consent; say: Say }) {
  const t = useT();
  const locale = useLocale();
  const { purpose, isGiven, isRequired, since, texts } = consent;
  const { text, hash } = texts[locale === "ko" ? "ko" : "en"];
  const isBusy = say.isPending && say.variables.purpose === purpose;
  const turn = (given: boolean) => say.mutate({ purpose, given, textHash: hash });
  return (
    <li className="border-line border-t py-4 first:border-t-0" data-testid={`consent-${purpose}`}>
      <h3 className="mb-1 font-semibold">{t(`privacy.purpose.${purpose}`)}</h3>
      <p className="mb-2">{text}</p>
      <p className="mb-2 text-muted text-sm" data-given={isGiven}>
        {isGiven && since
          ? t("privacy.agreed", { time: formatTime(Date.parse(since) / 1_000, locale) })
          : t("privacy.notAgreed")}
      </p>
      {!isGiven && (
        <Button kind="primary" busy={isBusy} data-testid={`agree-${purpose}`} onClick={() => turn(true)}>
          {t("privacy.agree")}
        </Button>
      )}
      {isGiven && !isRequired && (
        <Button busy={isBusy} data-testid={`withdraw-${purpose}`} onClick={() => turn(false)}>
          {t("privacy.withdraw")}
        </Button>
      )}
    </li>
  );
}

/** What a member agrees to, purpose by purpose; taking it back is one press, as giving it is. */
export function Consents({ memberId }: { memberId: string }) {
  const t = useT();
  const consents = useConsents(memberId);
  const say = useSay(memberId);
  return (
    <Panel title={t("privacy.consents")} data-testid="consents">
      <Answer query={consents} lines={6}>
        {(list) => (
          <ul>
            {list.map((consent) => (
              <Purpose key={consent.purpose} consent={consent} say={say} />
            ))}
          </ul>
        )}
      </Answer>
      <div role="alert">
        <Hurdle of={say} />
      </div>
    </Panel>
  );
}
