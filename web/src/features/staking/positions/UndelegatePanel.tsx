import { useRef, useState } from "react";
import { ActionButton } from "../../../shared/action/ActionButton.tsx";
import { useChain } from "../../../shared/chain/context.ts";
import { formatAmount, parseAmount } from "../../../shared/format/amount.ts";
import { useValidatorNames } from "../../../shared/graphql/validator-names.ts";
import { useT } from "../../../shared/i18n/i18n.ts";
import { AmountField } from "../../../shared/ui/form/AmountField.tsx";
import { Panel } from "../../../shared/ui/Panel.tsx";
import { Notice } from "../../../shared/ui/states/Notice.tsx";
import { Countdown } from "../../../shared/ui/values/Countdown.tsx";
import { undelegate } from "../actions/undelegate.ts";
import type { Position } from "../queries.ts";
import { NETWORK_MINIMUM } from "../validator-terms.ts";

/** Moves a part or all of the position into today's exits. */
export function UndelegatePanel({ position, source }: { position: Position; source: string }) {
  const t = useT();
  const nameOf = useValidatorNames();
  const { deployment } = useChain();
  const [written, setWritten] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const { id, value, lien, validatorId } = position;
  const parsed = parseAmount(written);
  const tokens = parsed.ok ? parsed.value : undefined;
  const isWhole = tokens === value;
  const leavesTooLittle = tokens !== undefined && tokens < value && value - tokens < NETWORK_MINIMUM;
  const mustBeWhole = tokens !== undefined && lien !== 0n && !isWhole;
  const refusal = mustBeWhole
    ? t("undelegate.wholeOnly")
    : leavesTooLittle
      ? t("undelegate.restTooSmall", { minimum: formatAmount(NETWORK_MINIMUM) })
      : undefined;
  const isFine = tokens !== undefined && tokens <= value && !refusal;
  return (
    <Panel title={t("undelegate.title")} source={source}>
      <AmountField
        label={t("undelegate.amount")}
        written={written}
        onChange={setWritten}
        max={value}
        maxLabel={t("stake.value")}
        source={source}
        error={refusal}
        inputRef={field}
      />
      <div className="mb-4">
        <Notice>
          {t("undelegate.meaning")} <Countdown seconds={deployment.parameters.unbondingSeconds} />
        </Notice>
      </div>
      <ActionButton
        action={undelegate}
        input={isFine ? { positionId: id, name: nameOf(validatorId), tokens, isWhole } : undefined}
        label={t("undelegate.sign")}
        missing={{ label: t("amount.first"), go: () => field.current?.focus() }}
        kind="danger"
        testId="undelegate"
        onSent={() => setWritten("")}
      />
    </Panel>
  );
}
