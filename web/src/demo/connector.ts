import {
  type Address,
  createWalletClient,
  custom,
  type EIP1193RequestFn,
  type Hex,
  http,
  type LocalAccount,
  numberToHex,
} from "viem";
import { createConnector } from "wagmi";
import { demoAccounts, demoChoice } from "../shared/chain/demo.ts";

/** Found in the local build only; the production build is searched for it. */
const DEMO_MARK = "tburn-demo-account";
const CONNECTED = `${DEMO_MARK}.connected`;

type Provider = { request: EIP1193RequestFn };

async function chosenAccount(url: string): Promise<LocalAccount> {
  const { privateKeyToAccount } = await import("viem/accounts");
  const accounts = await demoAccounts(url);
  const chosen = accounts.find(({ address }) => address === demoChoice.read()) ?? accounts[0];
  if (!chosen) throw new Error("the demo service has no accounts");
  return privateKeyToAccount(chosen.privateKey);
}

/** Signs with a key that everybody has, in the page. For the local chain only. */
export function demoConnector(url: string) {
  let account: LocalAccount | undefined;
  return createConnector<Provider>((config) => {
    const [chain] = config.chains;
    const rpc = http(chain.rpcUrls.default.http[0])({ chain });
    const provider = { request: rpc.request as EIP1193RequestFn };
    const signed = async () => {
      account ??= await chosenAccount(url);
      return account;
    };
    return {
      id: "demo",
      name: "Demo",
      type: "demo",
      async connect() {
        const { address } = await signed();
        localStorage.setItem(CONNECTED, "yes");
        return { accounts: [address] as never, chainId: chain.id };
      },
      async disconnect() {
        account = undefined;
        localStorage.removeItem(CONNECTED);
      },
      getAccounts: async (): Promise<readonly Address[]> => (account ? [account.address] : []),
      getChainId: async () => chain.id,
      getProvider: async () => provider,
      getClient: async () => createWalletClient({ account: await signed(), chain, transport: custom(provider) }),
      isAuthorized: async () => localStorage.getItem(CONNECTED) === "yes",
      onAccountsChanged: () => undefined,
      onChainChanged: (chainId: string) =>
        config.emitter.emit("change", { chainId: Number(chainId as Hex) || Number(numberToHex(chain.id)) }),
      onDisconnect: () => config.emitter.emit("disconnect"),
    };
  });
}
