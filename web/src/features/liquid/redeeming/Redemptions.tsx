import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChainNow } from "../../../shared/chain/head.ts";
import { formatTime } from "../../../shared/format/number.ts";
import { useLocale, useT } from "../../../shared/i18n/i18n.ts";
import { Badge } from "../../../shared/ui/Badge.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Empty } from "../../../shared/ui/states/Empty.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { Countdown } from "../../../shared/ui/values/Countdown.tsx";
import { collect } from "../actions/collect.ts";
import { withdrawDay } from "../actions/withdraw-day.ts";
import { toShown } from "../vault/shares.ts";
import type { Redemption, VaultExit } from "./read.ts";

interface Asked {
  requestId: string;
  assetsAtRequest: string;
}

interface Props {
  redemptions: readonly Redemption[];
  exits: readonly VaultExit[];
  /** As the indexer recounts the requests. */
  asked: readonly Asked[];
  chain: string;
  indexed: string;
}

/** One step towards the money: wait, have the matured exits taken in, withdraw. */
function Step({ redemption, ripe, isMature }: { redemption: Redemption; ripe: readonly bigint[]; isMature: boolean }) {
  const t = useT();
  const { day, assets, isClaimable } = redemption;
  if (isClaimable && assets !== undefined)
    return (
      <ActionButton
        action={withdrawDay}
        input={{ day, tokens: assets }}
        label={t("liquid.withdraw")}
        testId="withdraw-redemption"
      />
    );
  if (!isMature || ripe.length === 0) return null;
  return (
    <>
      <p className="text-sm text-muted">{t("liquid.collectMeaning")}</p>
      <ActionButton action={collect} input={{ exitIds: ripe }} label={t("liquid.collect")} testId="collect-exits" />
    </>
  );
}

function Row({ redemption, exits, asked, chain, indexed }: Omit<Props, "redemptions"> & { redemption: Redemption }) {
  const t = useT();
  const locale = useLocale();
  const now = useChainNow();
  const { day, shares, assets, isClaimable } = redemption;
  const feeding = exits.filter((exit) => exit.day <= day);
  const known = Math.max(0, ...feeding.map(({ maturesAt }) => maturesAt));
  const maturesAt = known === 0 ? redemption.maturesAt : known;
  const isMature = maturesAt !== undefined && now >= maturesAt;
  const ripe = feeding.filter((exit) => now >= exit.maturesAt).map(({ id }) => id);
  const then = asked
    .filter(({ requestId }) => requestId === String(day))
    .reduce((sum, { assetsAtRequest }) => sum + BigInt(assetsAtRequest), 0n);
  return (
    <li
      data-testid="redemption-row"
      data-day={day}
      className="relative grid gap-2 rounded-lg border border-line bg-bg p-4"
    >
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-lg font-semibold">
          {assets === undefined ? (
            <Amount value={then} source={indexed} digits={6} noted />
          ) : (
            <Amount value={assets} source={chain} digits={6} noted />
          )}
        </p>
        <Badge tone={isClaimable ? "success" : "info"}>
          {t(isClaimable ? "unbonding.ready" : "unbonding.waiting")}
        </Badge>
      </div>
      <p className="text-sm text-muted">
        <Amount value={toShown(shares)} source={chain} digits={6} unit="sTBURN" /> · {t("liquid.day", { day })}
        {assets === undefined && ` · ${t("liquid.thenWorth")}`}
      </p>
      {maturesAt !== undefined && (
        <p className="text-sm text-muted">
          {t("unbonding.at", { time: formatTime(maturesAt, locale) })}
          {!isMature && (
            <>
              {" "}
              · <Countdown seconds={maturesAt - now} />
            </>
          )}
        </p>
      )}
      <Step redemption={redemption} ripe={ripe} isMature={isMature} />
    </li>
  );
}

/** Redemptions on their way, each with its day and the step that comes next. */
export function Redemptions({ redemptions, ...rest }: Props) {
  const t = useT();
  return (
    <Panel title={t("liquid.redemptions")} source={`${rest.chain} · ${rest.indexed}`}>
      {redemptions.length === 0 ? (
        <Empty title={t("liquid.noRedemptions")} reason={t("liquid.noRedemptionsReason")} />
      ) : (
        <ul className="grid gap-3">
          {redemptions.map((redemption) => (
            <Row key={redemption.day} redemption={redemption} {...rest} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
