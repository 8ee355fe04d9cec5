import { Link } from "@tanstack/react-router";
import { useChainNow } from "../../chain/head.ts";
import { formatTime } from "../../format/number.ts";
import { useLocale, useT } from "../../i18n/i18n.ts";
import type { Key } from "../../i18n/ko.ts";
import { buttonLook } from "../../ui/Button.tsx";
import { Notice } from "../../ui/states/Notice.tsx";
import { Countdown } from "../../ui/values/Countdown.tsx";
import type { Standing } from "./obstacle.ts";
import { pauseOf, type Scope, scopes } from "./scope.ts";

/** A function stands still: which, until when, and that nothing is lost by it. */
export function Paused({ asked, standing }: { asked: readonly Scope[]; standing: Standing }) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const pause = pauseOf(asked, standing.pausedUntil, now);
  if (!pause) return null;
  const name = t(`scope.${scopes.indexOf(pause.scope)}` as Key);
  return (
    <>
      <Notice tone="warning" title={t("gate.paused", { scope: name })}>
        <p>
          {t("gate.pausedUntil", { time: formatTime(pause.until, locale) })} · <Countdown seconds={pause.until - now} />
        </p>
        <p>{t("gate.pausedMeaning")}</p>
      </Notice>
      <Link to="/status" className={buttonLook("secondary", true)} data-testid="primary-action">
        {t("gate.toStatus")}
      </Link>
    </>
  );
}

/** A legal order holds payments back: until when, and what stays possible. */
export function Frozen({ standing }: { standing: Standing }) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  return (
    <>
      <Notice tone="danger" title={t("gate.frozen")}>
        <p>
          {t("gate.frozenUntil", { time: formatTime(standing.frozenUntil, locale) })} ·{" "}
          <Countdown seconds={standing.frozenUntil - now} />
        </p>
        <p>{t("gate.frozenMeaning")}</p>
      </Notice>
      <Link to="/activity" className={buttonLook("secondary", true)} data-testid="primary-action">
        {t("gate.toRecord")}
      </Link>
    </>
  );
}
