import type { Page } from "playwright-core";
import { createPublicClient, createWalletClient, type Hex, http, numberToHex, type PrivateKeyAccount } from "viem";
import { emit, injectWallet, type WalletAnswer } from "./provider.ts";

interface Asked {
  to?: Hex;
  data?: Hex;
  value?: Hex;
  gas?: Hex;
}

/** Refusal of a wallet, with the number that EIP-1193 gives it. */
class Refusal extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Gas for a transaction that the page did not estimate: enough for each operation of the product. */
const AMPLE_GAS = 2_000_000n;

/**
 * A wallet that a person might use: it shows no account before it is asked to connect, signs with a real key, and sends
 * to the real chain. A test tells it what its owner does next.
 */
export class Wallet {
  readonly account: PrivateKeyAccount;
  /** Each method that the page asked for, in order. */
  readonly asked: string[] = [];
  /** Hashes of what it sent, in order. */
  readonly sent: Hex[] = [];
  private isConnected = false;
  private refusals = 0;
  private intrusion: (() => Promise<void>) | undefined;
  private page: Page | undefined;
  private readonly rpcUrl: string;
  private chainId: number;
  private readonly signer;
  private readonly reader;

  constructor(account: PrivateKeyAccount, rpcUrl: string, chainId = 31337) {
    this.account = account;
    this.rpcUrl = rpcUrl;
    this.chainId = chainId;
    this.signer = createWalletClient({ account, transport: http(rpcUrl) });
    this.reader = createPublicClient({ transport: http(rpcUrl) });
  }

  async enter(page: Page): Promise<void> {
    this.page = page;
    await injectWallet(page, (method, params) => this.answer(method, params));
  }

  /** The owner declines the next `count` questions. */
  refuse(count = 1): void {
    this.refusals = count;
  }

  /** Something happens between the owner's signature and the broadcast of the next transaction. */
  beforeSending(intrusion: () => Promise<void>): void {
    this.intrusion = intrusion;
  }

  /** The owner selects another network in the wallet. */
  async moveTo(chainId: number): Promise<void> {
    this.chainId = chainId;
    if (this.page) await emit(this.page, "chainChanged", numberToHex(chainId));
  }

  /** Sends the pending transaction `hash` again for more fees. @returns the new hash */
  speedUp(hash: Hex): Promise<Hex> {
    return this.replace(hash, (old) => old);
  }

  /** Replaces the pending transaction `hash` by an empty one to the wallet itself. @returns the new hash */
  cancel(hash: Hex): Promise<Hex> {
    return this.replace(hash, () => ({ to: this.account.address, data: "0x", value: 0n }));
  }

  private async replace(hash: Hex, change: (old: Content) => Content): Promise<Hex> {
    const old = await this.reader.getTransaction({ hash });
    const content = change({ to: old.to ?? this.account.address, data: old.input, value: old.value });
    const fees = {
      maxFeePerGas: (old.maxFeePerGas ?? old.gasPrice ?? 0n) * 2n,
      maxPriorityFeePerGas: (old.maxPriorityFeePerGas ?? 1n) * 2n,
    };
    return this.signer.sendTransaction({ ...content, ...fees, nonce: old.nonce, gas: old.gas, chain: null });
  }

  private async answer(method: string, params: unknown[]): Promise<WalletAnswer> {
    this.asked.push(method);
    try {
      return { result: await this.perform(method, params) };
    } catch (error) {
      if (error instanceof Refusal) return { error: { code: error.code, message: error.message } };
      const { code = -32603, message, data } = error as { code?: number; message: string; data?: unknown };
      return { error: { code, message, data } };
    }
  }

  private confirm(): void {
    if (this.refusals === 0) return;
    this.refusals--;
    throw new Refusal(4001, "User rejected the request.");
  }

  private perform(method: string, params: unknown[]): unknown {
    switch (method) {
      case "eth_accounts":
        return this.isConnected ? [this.account.address] : [];
      case "eth_requestAccounts":
        return this.connect();
      case "wallet_requestPermissions":
        this.connect();
        return [{ parentCapability: "eth_accounts" }];
      case "wallet_getPermissions":
        return this.isConnected ? [{ parentCapability: "eth_accounts" }] : [];
      case "wallet_revokePermissions":
        this.isConnected = false;
        return null;
      case "eth_chainId":
        return numberToHex(this.chainId);
      case "wallet_addEthereumChain":
        return null;
      case "wallet_switchEthereumChain":
        this.confirm();
        return this.moveTo(Number((params[0] as { chainId: Hex }).chainId)).then(() => null);
      case "eth_sendTransaction":
        this.confirm();
        return this.send(params[0] as Asked);
      case "personal_sign":
        this.confirm();
        return this.account.signMessage({ message: { raw: params[0] as Hex } });
      case "eth_signTypedData_v4":
        this.confirm();
        return this.account.signTypedData(JSON.parse(params[1] as string));
      case "wallet_getCapabilities":
      case "wallet_sendCalls":
        throw new Refusal(4200, `this wallet does not know ${method}`);
      default:
        return this.forward(method, params);
    }
  }

  private connect(): string[] {
    this.confirm();
    this.isConnected = true;
    return [this.account.address];
  }

  private async send({ to, data = "0x", value = "0x0", gas }: Asked): Promise<Hex> {
    const intrusion = this.intrusion;
    this.intrusion = undefined;
    await intrusion?.();
    const content = { to, data, value: BigInt(value), gas: gas === undefined ? AMPLE_GAS : BigInt(gas) };
    const hash = await this.signer.sendTransaction({ ...content, chain: null });
    this.sent.push(hash);
    return hash;
  }

  private async forward(method: string, params: unknown[]): Promise<unknown> {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const response = await fetch(this.rpcUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    const answer = (await response.json()) as WalletAnswer;
    if (answer.error) throw Object.assign(new Error(answer.error.message), answer.error);
    return answer.result;
  }
}

interface Content {
  to: Hex;
  data: Hex;
  value: bigint;
}
