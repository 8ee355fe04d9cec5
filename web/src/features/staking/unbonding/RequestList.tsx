import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChain } from "../../../shared/chain/context.ts";
import { useChainNow } from "../../../shared/chain/head.ts";
import { formatAmount } from "../../../shared/format/amount.ts";
import { download, toIcs } from "../../../shared/format/file.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { useValidatorNames } from "../../../shared/graphql/validator-names.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { Button } from "../../../shared/ui/Button.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { Countdown } from "../../../shared/ui/values/Countdown.tsx";
import { claim } from "../actions/claim.ts";
import type { ExitRequest } from "../queries.ts";

function Row({ request, now, source }: { request: ExitRequest; now: number; source: string }) {
  const t = useT();
  const locale = useLocale();
  const nameOf = useValidatorNames();
  const { deployment } = useChain();
  const { id, validatorId, value, maturesAt, isSelfStake } = request;
  const { unbondingSeconds, cohortSeconds } = deployment.parameters;
  const span = unbondingSeconds + cohortSeconds;
  const isMature = now >= maturesAt;
  const part = isMature ? 1 : Math.min(1, Math.max(0, 1 - (maturesAt - now) / span));
  const stamp = t("unbonding.stamp", { seconds: maturesAt });
  function save() {
    const title = t("unbonding.icsTitle", { amount: formatAmount(value, 4) });
    const text = `${t("validator.one")}: ${nameOf(validatorId)}\n${location.origin}/stake/unbonding`;
    const ics = toIcs({ id: `request-${id}`, at: maturesAt, now: Math.floor(Date.now() / 1000), title, text });
    download(`tburn-${id}.ics`, "text/calendar", ics);
  }
  return (
    <li
      data-testid="unbonding-row"
      data-request={String(id)}
      data-mature={isMature}
      className="relative grid gap-2 rounded-lg border border-line bg-bg p-4"
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p>
          <span className="text-lg font-semibold">
            <Amount value={value} source={`${source} · ${stamp}`} digits={6} noted />
          </span>
          <span className="ml-2 text-muted">{`${nameOf(validatorId)}${isSelfStake ? ` · ${t("unbonding.self")}` : ""}`}</span>
        </p>
        {isMature ? (
          <Badge tone="success">{t("unbonding.ready")}</Badge>
        ) : (
          <Badge tone="info">{t("unbonding.waiting")}</Badge>
        )}
      </div>
      <progress className="h-2 w-full accent-(--primary)" value={part} max={1} aria-label={t("unbonding.progress")} />
      <div className="flex flex-wrap items-center justify-between gap-2 text-sm text-muted">
        <span title={stamp}>
          {t("unbonding.at", { time: formatTime(maturesAt, locale) })}{" "}
          {!isMature && (
            <>
              · <Countdown seconds={maturesAt - now} />
            </>
          )}
        </span>
        {!isMature && <Button onClick={save}>{t("unbonding.ics")}</Button>}
      </div>
      {isMature && (
        <ActionButton
          action={claim}
          input={{ requestIds: [id], tokens: value }}
          label={t("unbonding.claim")}
          testId="claim-request"
        />
      )}
    </li>
  );
}

/** Exits on their way out, each with the contract's own second of maturity. */
export function RequestList({ requests, source }: { requests: ExitRequest[]; source: string }) {
  const t = useT();
  const now = useChainNow();
  if (requests.length === 0) return <Empty title={t("unbonding.none")} reason={t("unbonding.noneReason")} />;
  return (
    <ul className="grid gap-3">
      {requests.map((request) => (
        <Row key={String(request.id)} request={request} now={now} source={source} />
      ))}
    </ul>
  );
}
