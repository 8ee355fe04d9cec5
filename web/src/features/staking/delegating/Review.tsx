import { useChain } from "../../../shared/chain/context.ts";
import { formatAmount } from "../../../shared/format/amount.ts";
import { formatBps } from "../../../shared/format/number.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Amount } from "../../../shared/ui/values/Amount.tsx";
import { Countdown } from "../../../shared/ui/values/Countdown.tsx";
import { Facts } from "../../../shared/ui/values/Facts.tsx";
import type { ValidatorTerms } from "../validator-terms.ts";
import { type Fee, useFee } from "./fee.ts";

interface Props {
  validatorId: number;
  hasPosition: boolean;
  name: string;
  tokens: bigint | undefined;
  available: bigint | undefined;
  terms: ValidatorTerms;
  netAprBps: number | undefined;
  unlockAfter: number;
  chainSource: string;
  indexedSource: string;
}

const FEE_DIGITS = 8;

function FeeText({ fee, source }: { fee: Fee | undefined; source: string }) {
  const t = useT();
  const { config } = useChain();
  if (!fee) return "–";
  const written = (value: bigint) => {
    const cut = formatAmount(value, FEE_DIGITS);
    return `${cut === "0" ? formatAmount(value) : cut} ${config.currency.symbol}`;
  };
  const shown = written(fee.value);
  return (
    <>
      <span className="num" data-testid="network-fee" title={source}>
        {fee.isEstimated ? shown : t("review.about", { fee: shown })}
      </span>
      <span className="num block text-sm text-muted">{t("review.feeMost", { fee: written(fee.most) })}</span>
    </>
  );
}

/** What the delegation would bring, change, and cost. */
export function Review(props: Props) {
  const { validatorId, hasPosition, name, tokens, available, terms, netAprBps, unlockAfter } = props;
  const { chainSource, indexedSource } = props;
  const fee = useFee(validatorId, tokens, hasPosition);
  const t = useT();
  const yearly = tokens !== undefined && netAprBps !== undefined ? (tokens * BigInt(netAprBps)) / 10_000n : undefined;
  const after = tokens !== undefined && available !== undefined && available >= tokens ? available - tokens : undefined;
  return (
    <Panel title={t("review.title")} source={`${chainSource} · ${indexedSource}`}>
      <Facts
        facts={[
          { name: t("validator.one"), value: name },
          {
            name: t("validator.commission"),
            value: <span title={chainSource}>{formatBps(terms.commissionBps)}</span>,
          },
          {
            name: t("review.apr"),
            value: <span title={indexedSource}>{netAprBps === undefined ? "–" : formatBps(netAprBps)}</span>,
          },
          {
            name: t("review.yearly"),
            value: yearly === undefined ? "–" : <Amount value={yearly} source={indexedSource} digits={2} />,
          },
          { name: t("review.unlock"), value: <Countdown seconds={unlockAfter} /> },
          {
            name: t("review.room"),
            value:
              terms.room === undefined ? (
                t("review.unlimited")
              ) : (
                <Amount value={terms.room} source={chainSource} digits={0} />
              ),
          },
          { name: t("review.minimum"), value: <Amount value={terms.minimum} source={chainSource} /> },
          {
            name: t("review.after"),
            value: after === undefined ? "–" : <Amount value={after} source={chainSource} digits={4} />,
          },
          { name: t("review.fee"), value: <FeeText fee={fee} source={chainSource} /> },
        ]}
      />
    </Panel>
  );
}
