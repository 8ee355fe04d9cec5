import { type Chain, defineChain, fallback } from "viem";
import { type CreateConnectorFn, createConfig, http } from "wagmi";
import type { Config } from "./shared/chain/settings.ts";

function chainOf({ chainId, chainName, currency, rpcUrls, wsUrls, explorerUrl }: Config): Chain {
  return defineChain({
    id: chainId,
    name: chainName,
    nativeCurrency: currency,
    rpcUrls: { default: { http: rpcUrls, webSocket: wsUrls } },
    blockExplorers: explorerUrl ? { default: { name: "Explorer", url: explorerUrl } } : undefined,
  });
}

/** Connectors beside the announced wallets: the local demo account, and WalletConnect if it was used before. */
async function ownConnectors({ demo, walletConnectProjectId: projectId }: Config): Promise<CreateConnectorFn[]> {
  if (__DEMO__ && demo) {
    const { demoConnector } = await import("./demo/connector.ts");
    return [demoConnector(demo.url)];
  }
  if (projectId && localStorage.getItem("tburn.wallet") === "walletConnect") {
    const { walletConnect } = await import("wagmi/connectors/walletConnect");
    return [walletConnect({ projectId, showQrModal: true })];
  }
  return [];
}

/** The chain of this site for wallets and reads. */
export async function createWagmi(config: Config) {
  const chain = chainOf(config);
  return createConfig({
    chains: [chain],
    connectors: await ownConnectors(config),
    multiInjectedProviderDiscovery: true,
    transports: { [chain.id]: fallback(config.rpcUrls.map((url) => http(url, { batch: true, retryCount: 1 }))) },
    pollingInterval: config.chainId === 31337 ? 500 : 4_000,
  });
}
