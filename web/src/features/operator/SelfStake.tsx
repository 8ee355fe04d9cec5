import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { ActionButton } from "../../shared/action/ActionButton.tsx";
import { parseAmount } from "../../shared/format/amount.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { AmountField } from "../../shared/ui/form/AmountField.tsx";
import { Choice } from "../../shared/ui/form/Choice.tsx";
import { Panel } from "../../shared/ui/Panel.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { depositSelf } from "./actions/deposit-self.ts";
import { requestSelfExit } from "./actions/request-self-exit.ts";
import type { MyValidator } from "./queries.ts";
import { tiers } from "./tier/tiers.ts";

interface Props {
  validator: MyValidator;
  available: bigint | undefined;
  source: string;
}

/** Adds to the validator's own stake or moves some of it into today's exits. */
export function SelfStake({ validator, available, source }: Props) {
  const t = useT();
  const [way, setWay] = useState<"in" | "out">("in");
  const [written, setWritten] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const parsed = parseAmount(written);
  const tokens = parsed.ok ? parsed.value : undefined;
  const max = way === "in" ? available : validator.self;
  const isFine = tokens !== undefined && max !== undefined && tokens <= max;
  const input = isFine ? { validatorId: validator.id, tokens } : undefined;
  const missing = { label: t("amount.first"), go: () => field.current?.focus() };
  const least = tiers.find(({ name }) => name === "active")?.selfStake ?? 0n;
  const wouldDeactivate =
    way === "out" && validator.isActive && tokens !== undefined && validator.self - tokens < least;
  const done = () => setWritten("");
  return (
    <Panel title={t("self.title")} source={source}>
      <div className="mb-4">
        <Choice
          label={t("self.title")}
          value={way}
          options={[
            { value: "in", label: t("self.in") },
            { value: "out", label: t("self.out") },
          ]}
          onChange={setWay}
        />
      </div>
      <AmountField
        label={t("self.amount")}
        written={written}
        onChange={setWritten}
        max={max}
        maxLabel={t(way === "in" ? "stake.available" : "validator.self")}
        source={source}
        inputRef={field}
      />
      {wouldDeactivate && (
        <div className="mb-4">
          <Notice tone="danger" title={t("self.deactivates")} />
        </div>
      )}
      {way === "in" ? (
        <ActionButton
          action={depositSelf}
          input={input}
          needs={{ member: true, kyc: 2, tokens: tokens ?? 1n }}
          label={t("self.deposit")}
          missing={missing}
          testId="deposit-self"
          onSent={done}
        />
      ) : (
        <ActionButton
          action={requestSelfExit}
          input={input}
          label={t("self.exit")}
          missing={missing}
          kind="danger"
          testId="request-self-exit"
          onSent={done}
        />
      )}
      {way === "out" && (
        <p className="mt-3">
          <Link to="/stake/unbonding" className="link inline-flex min-h-6 items-center">
            {t("unbonding.title")}
          </Link>
        </p>
      )}
    </Panel>
  );
}
