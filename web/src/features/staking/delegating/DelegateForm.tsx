import { useRef } from "react";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChain } from "../../../shared/chain/context.ts";
import { useChainNow } from "../../../shared/chain/head.ts";
import { formatAmount, parseAmount } from "../../../shared/format/amount.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { AmountField } from "../../../shared/ui/form/AmountField.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { delegate } from "../actions/delegate.ts";
import { hasRisenFast, type PastSlash, type ValidatorTerms } from "../validator-terms.ts";
import { useDraft } from "./draft.ts";
import { Review } from "./Review.tsx";
import { Warnings } from "./Warnings.tsx";

interface Props {
  validatorId: number;
  name: string;
  terms: ValidatorTerms;
  hasPosition: boolean;
  available: bigint | undefined;
  netAprBps: number | undefined;
  history: { at: number; fromBps: number; toBps: number }[];
  slashes: readonly PastSlash[];
  chainSource: string;
  indexedSource: string;
}

/** Asks how much, says what it means, and carries it out. */
export function DelegateForm(props: Props) {
  const { validatorId, name, terms, hasPosition, available, chainSource } = props;
  const t = useT();
  const now = useChainNow();
  const { deployment } = useChain();
  const [written, setWritten] = useDraft(`delegate.${validatorId}`);
  const field = useRef<HTMLInputElement>(null);
  const parsed = parseAmount(written);
  const tokens = parsed.ok ? parsed.value : undefined;
  const isTooSmall = tokens !== undefined && !hasPosition && tokens < terms.minimum;
  const isTooLarge = tokens !== undefined && terms.room !== undefined && tokens > terms.room;
  const isOver = tokens !== undefined && available !== undefined && tokens > available;
  const refusal = isTooSmall
    ? t("delegate.tooSmall", { minimum: formatAmount(terms.minimum) })
    : isTooLarge
      ? t("delegate.tooLarge", { room: formatAmount(terms.room ?? 0n, 4) })
      : undefined;
  const isFine = tokens !== undefined && !refusal && !isOver;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Panel title={t("delegate.amount")} source={chainSource}>
        <AmountField
          label={t("delegate.amountLabel")}
          written={written}
          onChange={setWritten}
          max={available}
          maxLabel={t("stake.available")}
          source={chainSource}
          error={refusal}
          inputRef={field}
        />
        <ActionButton
          action={delegate}
          input={isFine ? { validatorId, name, tokens } : undefined}
          needs={{ member: true, kyc: 1, tokens: hasPosition ? 1n : terms.minimum }}
          label={t("delegate.sign")}
          missing={{ label: t("amount.first"), go: () => field.current?.focus() }}
          onSent={() => setWritten("")}
        />
        <p className="mt-3 text-sm text-muted">{t("delegate.how")}</p>
      </Panel>
      <div className="grid gap-5">
        <Review {...props} tokens={tokens} unlockAfter={deployment.parameters.unbondingSeconds} />
        <Warnings
          validatorId={validatorId}
          terms={terms}
          hasRisen={hasRisenFast(props.history, now)}
          slashes={props.slashes}
        />
      </div>
    </div>
  );
}
