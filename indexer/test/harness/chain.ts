import { randomBytes } from "node:crypto";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Deployment } from "@tburn/deployments";
import { ethers, parseEther } from "ethers";
import { local } from "../../../scripts/deploy/config.ts";
import { deploy } from "../../../scripts/deploy/deploy.ts";
import { type LocalChain, localWallet, startChain } from "../../../scripts/local/chain.ts";
import { demoAttest, possession } from "../../../scripts/local/system.ts";
import { freePort } from "../../../scripts/local/upkeep/ports.ts";
import { type Contract, rpc, send, view } from "./actors.ts";
import { until } from "./until.ts";

/** Wallets of the cast: 0 holds the roles, then validators, then delegators. */
export const VALIDATORS = [1, 2, 3];
export const DELEGATORS = [4, 5, 6, 7, 8, 9];

const addresses = new Map<number, string>();

export function address(index: number): string {
  const found = addresses.get(index) ?? localWallet(index).address;
  addresses.set(index, found);
  return found;
}

/** A real node with the deployed system and a small cast of members. */
export class TestChain {
  readonly url: string;
  readonly wsUrl: string;
  readonly record: Deployment;
  readonly provider: ethers.JsonRpcProvider;
  readonly stop: () => Promise<void>;

  constructor(url: string, record: Deployment, provider: ethers.JsonRpcProvider, stop: () => Promise<void>) {
    this.url = url;
    this.wsUrl = url.replace(/^http/, "ws");
    this.record = record;
    this.provider = provider;
    this.stop = stop;
  }

  rpc<T = unknown>(method: string, params: unknown[] = []): Promise<T> {
    return rpc<T>(this.url, method, params);
  }

  send(index: number, contract: Contract, name: string, args: unknown[] = []): Promise<string> {
    return send(this.url, this.record, address(index), contract, name, args);
  }

  /** Sends, and refuses to go on if the chain refused. */
  async act(index: number, contract: Contract, name: string, args: unknown[] = []): Promise<void> {
    const hash = await this.send(index, contract, name, args);
    const receipt = await this.mined(hash);
    if (receipt.status !== "0x1") throw new Error(`${contract}.${name} by ${index} was refused`);
  }

  /** The receipt of a transaction; a node mines a moment after it has answered. */
  mined(hash: string): Promise<{ status: string; blockNumber: string }> {
    type Receipt = { status: string; blockNumber: string };
    return until(
      `receipt of ${hash}`,
      async () => (await this.rpc<Receipt | null>("eth_getTransactionReceipt", [hash])) ?? undefined,
    );
  }

  /** @param block Whose state is asked for; the newest if undefined. */
  view<T>(contract: Contract, name: string, args: unknown[] = [], block?: number): Promise<T> {
    return view<T>(this.url, this.record, contract, name, args, block);
  }

  async height(): Promise<number> {
    return Number(await this.rpc("eth_blockNumber"));
  }

  async mine(count = 1): Promise<void> {
    for (let i = 0; i < count; i++) await this.rpc("evm_mine");
  }

  /** Takes blocks away; what is mined next is another chain. */
  async rollBack(depth: number): Promise<void> {
    await this.rpc("anvil_rollback", [depth]);
  }

  async passTime(seconds: number): Promise<void> {
    await this.rpc("evm_increaseTime", [seconds]);
    await this.mine();
  }

  /** Puts the record where a process can read it. */
  writeRecord(path: string): string {
    writeFileSync(path, JSON.stringify(this.record));
    return path;
  }

  async join(index: number, level: number, tokens: string): Promise<void> {
    const core = this.record.contracts.StakingCore.address;
    await this.act(0, "TBurnToken", "transfer", [address(index), parseEther(tokens)]);
    await this.act(index, "MemberRegistry", "register", [`0x${randomBytes(32).toString("hex")}`]);
    await demoAttest(this.record, localWallet(0, this.provider), address(index), level);
    await this.act(index, "TBurnToken", "approve", [core, ethers.MaxUint256]);
  }

  async startValidator(index: number, name: string, self: string): Promise<number> {
    await this.join(index, 2, "400000");
    const memberNo = await this.view<bigint>("MemberRegistry", "memberNoOf", [address(index)]);
    const key = new ethers.Wallet(ethers.id(`key ${index} ${name}`));
    const params = {
      consensusKey: key.address,
      keyType: 0,
      commissionBps: 500,
      maxCommissionBps: 2_000,
      minDelegation: 0n,
      name,
    };
    await this.act(index, "ValidatorRegistry", "register", [params, await possession(this.record, key, memberNo)]);
    const validatorId = await this.view<number>("ValidatorRegistry", "validatorOf", [memberNo]);
    await this.act(index, "StakingCore", "depositSelf", [validatorId, parseEther(self)]);
    // A tier is staged, and the grace of local chains is ten seconds; activation looks again.
    await this.act(index, "TierEngine", "evaluate", [memberNo]);
    await this.passTime(10);
    await this.act(index, "ValidatorRegistry", "activate", [validatorId, 0]);
    return validatorId;
  }
}

const nodePort = () => freePort(32_000 + Math.floor(Math.random() * 2_000));

/** What every test begins with, kept so that it is made once. */
export interface World {
  /** The node's state after the cast has joined. */
  statePath: string;
  record: Deployment;
}

/** Deploys, and lets validators 1 to 3 and six delegators join. */
async function settle(node: LocalChain): Promise<TestChain> {
  const wallet = localWallet(0, node.provider);
  const manager = wallet.address;
  const holders = { ...local.holders, slasher: manager, standing: manager, reporter: manager };
  const record = await deploy({ signer: new ethers.NonceManager(wallet), config: { ...local, holders } });
  if (!record) throw new Error("nothing was deployed");
  const chain = new TestChain(node.rpcUrl, record, node.provider, () => node.stop());
  await chain.act(0, "TBurnToken", "approve", [record.contracts.RewardVault.address, ethers.MaxUint256]);
  await chain.act(0, "RewardVault", "fund", [parseEther("1000000")]);
  const names = ["Hangang", "Seorak", "Jirisan"];
  for (const [i, index] of VALIDATORS.entries()) await chain.startValidator(index, names[i] ?? "", "100000");
  for (const index of DELEGATORS) await chain.join(index, 1, "300000");
  return chain;
}

/** Makes the world that tests copy. @param dir Where its state is kept. */
export async function makeWorld(dir: string): Promise<World> {
  const statePath = join(dir, "world.json");
  const node = await startChain({ port: await nodePort(), statePath });
  try {
    const { record } = await settle(node);
    return { statePath, record };
  } finally {
    // The node writes its state when it ends.
    await node.stop();
  }
}

/** Starts a node with the deployed system and its cast: a copy of `world`, or one of its own. */
export async function startTestChain(world?: World): Promise<TestChain> {
  if (!world) {
    const node = await startChain({ port: await nodePort() });
    return settle(node).catch(async (error: unknown) => {
      await node.stop();
      throw error;
    });
  }
  const dir = mkdtempSync(join(tmpdir(), "tburn-chain-"));
  const statePath = join(dir, "state.json");
  copyFileSync(world.statePath, statePath);
  const node = await startChain({ port: await nodePort(), statePath });
  const stop = async () => {
    await node.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  return new TestChain(node.rpcUrl, world.record, node.provider, stop);
}
