import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { type Connector, useConfig, useConnect, useConnection, useConnectors, useDisconnect } from "wagmi";
import { useChain } from "../chain/context.ts";
import { useT } from "../i18n/i18n.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Notice } from "../ui/states/Notice.tsx";
import { HexText } from "../ui/values/HexText.tsx";
import { DemoOption } from "./DemoOption.tsx";
import { closeWallets, useWalletsOpen } from "./opening.ts";

const RECENT = "tburn.wallet";
const DEMO = "demo";

/** Wallets that announced themselves (EIP-6963), the one used last first. */
function useAnnounced(): Connector[] {
  const recent = localStorage.getItem(RECENT);
  const connectors = useConnectors().filter(({ id }) => id !== DEMO && id !== "walletConnect");
  return connectors.toSorted((a, b) => Number(b.id === recent) - Number(a.id === recent));
}

function Options({ onDone }: { onDone: () => void }) {
  const t = useT();
  const wagmi = useConfig();
  const { config } = useChain();
  const announced = useAnnounced();
  const demo = useConnectors().find(({ id }) => id === DEMO);
  const { mutateAsync, isPending, error } = useConnect();
  const [chosen, setChosen] = useState<string>();

  async function connect(id: string, connector: Parameters<typeof mutateAsync>[0]["connector"]) {
    setChosen(id);
    const done = await mutateAsync({ connector }).catch(() => undefined);
    if (!done) return;
    localStorage.setItem(RECENT, id);
    onDone();
  }
  async function connectByQr(projectId: string) {
    setChosen("walletConnect");
    const { walletConnect } = await import("wagmi/connectors/walletConnect");
    await connect("walletConnect", walletConnect({ projectId, showQrModal: true }));
  }
  const row =
    "flex min-h-12 w-full items-center gap-3 rounded-lg border border-control bg-bg px-3 py-2 text-left font-semibold hover:bg-raised";
  return (
    <div className="grid gap-2">
      {announced.map((connector) => (
        <button
          key={connector.uid}
          type="button"
          className={row}
          data-testid={`wallet-option-${connector.id}`}
          onClick={() => void connect(connector.id, connector)}
        >
          {connector.icon && <img src={connector.icon} alt="" className="size-7 rounded" />}
          {connector.name}
          {isPending && chosen === connector.id && (
            <span className="ml-auto text-sm text-muted">{t("wallet.asking")}</span>
          )}
        </button>
      ))}
      {config.walletConnectProjectId && (
        <button
          type="button"
          className={row}
          data-testid="wallet-option-walletconnect"
          onClick={() => void connectByQr(config.walletConnectProjectId ?? "")}
        >
          WalletConnect
        </button>
      )}
      {demo && config.demo && (
        <DemoOption url={config.demo.url} rowLook={row} onConnect={() => void connect(DEMO, demo)} />
      )}
      {announced.length === 0 && !config.walletConnectProjectId && (
        <Notice title={t("wallet.none")}>{t("wallet.noneReason")}</Notice>
      )}
      {error && !isPending && (
        <div role="alert">
          <Notice
            tone="danger"
            title={t(/reject|denied|4001/i.test(error.message) ? "wallet.declined" : "wallet.failed")}
          />
        </div>
      )}
      <p className="mt-2 text-sm text-muted">{t("wallet.noFee", { chains: wagmi.chains[0].name })}</p>
    </div>
  );
}

function Account({ onDone }: { onDone: () => void }) {
  const t = useT();
  const { address = "", connector } = useConnection();
  const { mutate } = useDisconnect();
  return (
    <div className="grid gap-4">
      <p className="text-sm text-muted">{connector?.name}</p>
      <HexText value={address} full />
      <Link
        to="/settings/security"
        onClick={onDone}
        className="inline-flex min-h-11 items-center"
        data-testid="to-security"
      >
        {t("wallet.security")}
      </Link>
      <Link to="/kyc" onClick={onDone} className="inline-flex min-h-11 items-center" data-testid="to-kyc">
        {t("wallet.kyc")}
      </Link>
      <Button
        onClick={() => {
          mutate({});
          onDone();
        }}
      >
        {t("wallet.disconnect")}
      </Button>
    </div>
  );
}

/** The list of wallets, or the connected account. */
export function WalletDialog() {
  const t = useT();
  const isOpen = useWalletsOpen();
  const { isConnected } = useConnection();
  return (
    <Dialog title={t(isConnected ? "wallet.account" : "wallet.connect")} isOpen={isOpen} onClose={closeWallets}>
      {isConnected ? <Account onDone={closeWallets} /> : <Options onDone={closeWallets} />}
    </Dialog>
  );
}
