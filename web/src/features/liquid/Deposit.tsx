import { useRef, useState } from "react";
import { ActionButton } from "../../shared/action/ActionButton.tsx";
import { formatAmount, parseAmount } from "../../shared/format/amount.ts";
import { useValidatorNames } from "../../shared/graphql/validator-names.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { AmountField } from "../../shared/ui/form/AmountField.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { deposit } from "./actions/deposit.ts";
import type { Vault } from "./vault/read.ts";
import { ONE_SHARE, toShown } from "./vault/shares.ts";

interface Props {
  vault: Vault;
  available: bigint | undefined;
  source: string;
}

/** Tokens in, sTBURN out; stands still while a validator of the vault is under suspicion. */
export function Deposit({ vault, available, source }: Props) {
  const t = useT();
  const nameOf = useValidatorNames();
  const [written, setWritten] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const parsed = parseAmount(written);
  const tokens = parsed.ok ? parsed.value : undefined;
  const isFine = tokens !== undefined && available !== undefined && tokens <= available;
  const shares = tokens === undefined || vault.price === 0n ? undefined : (tokens * ONE_SHARE) / vault.price;
  const { stopped } = vault;
  return (
    <Panel title={t("liquid.deposit")} source={source} data-testid="liquid-deposit">
      {stopped?.suspicion ? (
        <Notice tone="warning" title={t("liquid.stopped", { name: nameOf(stopped.validatorId) })}>
          <p>{t(`closed.${stopped.suspicion}`)}</p>
          <p>{t("liquid.stoppedMeaning")}</p>
        </Notice>
      ) : (
        <>
          <AmountField
            label={t("liquid.depositAmount")}
            written={written}
            onChange={setWritten}
            max={available}
            maxLabel={t("stake.available")}
            source={source}
            inputRef={field}
          />
          {shares !== undefined && (
            <p className="mb-3" data-testid="liquid-preview">
              {t("liquid.youGet", { amount: formatAmount(toShown(shares), 6) })}
            </p>
          )}
          <ActionButton
            action={deposit}
            input={isFine ? { tokens } : undefined}
            needs={{ member: true, kyc: 1, tokens: 1n }}
            label={t("liquid.signDeposit")}
            missing={{ label: t("amount.first"), go: () => field.current?.focus() }}
            testId="deposit-liquid"
            onSent={() => setWritten("")}
          />
        </>
      )}
      <p className="mt-3 text-sm text-muted">{t("liquid.noVotes")}</p>
    </Panel>
  );
}
