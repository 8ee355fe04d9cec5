import { useState } from "react";
import { useStanding } from "../../shared/action/gate/use-gate.ts";
import { useChain } from "../../shared/chain/context.ts";
import { demoFaucet } from "../../shared/chain/demo.ts";
import { formatAmount } from "../../shared/format/amount.ts";
import { useT } from "../../shared/i18n/i18n.ts";
import { Button } from "../../shared/ui/Button.tsx";
import { Notice } from "../../shared/ui/states/Notice.tsx";
import { useDemo } from "./use-demo.ts";

/** Says what the wallet lacks; on a local chain, gets it from the demo faucet, else offers the address to send it to. */
export function Funds(need: { kind: "gas" } | { kind: "tokens"; least: bigint }) {
  const t = useT();
  const { config } = useChain();
  const { address = "", data: standing } = useStanding();
  const [isCopied, setCopied] = useState(false);
  const { kind } = need;
  const held = (kind === "gas" ? standing?.gas : standing?.tokens) ?? 0n;
  const missing = need.kind === "tokens" && need.least > held ? need.least - held : 0n;
  const demo = useDemo(async () => config.demo && address && demoFaucet(config.demo.url, address, missing));
  async function copy() {
    await navigator.clipboard?.writeText(address).catch(() => undefined);
    setCopied(true);
  }
  return (
    <>
      <Notice
        tone="warning"
        title={t(kind === "gas" ? "funds.noGas" : "funds.noTokens", { symbol: config.currency.symbol })}
      >
        {t("funds.held", { held: formatAmount(held, 6), symbol: kind === "gas" ? config.currency.symbol : "TBURN" })}
      </Notice>
      {config.demo ? (
        <Button kind="primary" wide data-testid="primary-action" busy={demo.isPending} onClick={() => demo.mutate()}>
          {t("funds.demo")}
        </Button>
      ) : (
        <Button kind="primary" wide data-testid="primary-action" onClick={() => void copy()}>
          {t(isCopied ? "ui.copied" : "funds.copy")}
        </Button>
      )}
      <p role="status" className="text-sm text-muted">
        {demo.isSuccess ? t("funds.demoDone") : ""}
      </p>
      {demo.error && <Notice tone="danger" title={t("demo.failed", { reason: demo.error.message })} />}
    </>
  );
}
