import { useEffect, useState } from "react";
import { useSwitchChain } from "wagmi";
import { useChain } from "../../chain/context.ts";
import { useT } from "../../i18n/i18n.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/states/Notice.tsx";

const PATIENCE_MS = 10_000;

/** Asks the wallet for this site's network; a wallet that stays silent gets explained by hand. */
export function SwitchNetwork() {
  const t = useT();
  const { config } = useChain();
  const { mutate, isPending, error } = useSwitchChain();
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isPending) return;
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isPending]);
  return (
    <>
      <Button
        kind="primary"
        wide
        data-testid="primary-action"
        busy={isPending && !isLate}
        onClick={() => mutate({ chainId: config.chainId })}
      >
        {t("gate.switch", { name: config.chainName })}
      </Button>
      {(isLate || error) && (
        <Notice tone="warning" title={t("gate.switchByHand")}>
          <ul className="list-disc pl-5">
            <li>{t("gate.networkName", { name: config.chainName })}</li>
            <li>{t("gate.networkRpc", { url: config.rpcUrls[0] ?? "" })}</li>
            <li>{t("gate.networkId", { id: config.chainId })}</li>
          </ul>
        </Notice>
      )}
    </>
  );
}
