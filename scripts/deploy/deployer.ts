import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ethers } from "ethers";
import type { DeployConfig } from "./config.ts";
import { mined } from "./mined.ts";

const root = join(import.meta.dirname, "../..");

export interface Artifact {
  abi: ethers.InterfaceAbi;
  bytecode: string;
  /** Places in the bytecode where the address of a library belongs, by its source and name. */
  linkReferences: Record<string, Record<string, { start: number; length: number }[]>>;
}

/** A contract on the chain, as the record keeps it. */
export interface Deployed {
  address: string;
  startBlock: number;
  txHash: string;
  implementation?: string;
  constructorParameters?: unknown[];
  abiHash: string;
}

/** The source folder of each contract that is deployed. */
export const folders: Record<string, string> = {
  TBurnToken: "contracts/token",
  MemberRegistry: "contracts/identity",
  KycRegistry: "contracts/identity",
  ValidatorRegistry: "contracts/validators",
  StakingCore: "contracts/staking",
  StakeExits: "contracts/staking",
  StakeSlashing: "contracts/staking",
  RewardVault: "contracts/staking",
  ProtocolPause: "contracts/safety",
  SponsoredCalls: "contracts/sponsoring",
  PerformanceOracle: "contracts/performance",
  SlashingManager: "contracts/slashing",
  InsuranceFund: "contracts/slashing",
  DoubleSigns: "contracts/slashing",
  SlashingRules: "contracts/slashing",
  SuspensionManager: "contracts/suspensions",
  TierEngine: "contracts/tiers",
  StakeVotes: "contracts/governance",
  TBurnGovernor: "contracts/governance",
  ProposalRules: "contracts/governance",
  LiquidStakingVault: "contracts/liquid",
  LiquidExits: "contracts/liquid",
  ProtocolLens: "contracts/lens",
  AuditAnchor: "contracts/audit",
  AccessManager: "@openzeppelin/contracts/access/manager",
  TimelockController: "@openzeppelin/contracts/governance",
  ERC1967Proxy: "@openzeppelin/contracts/proxy/ERC1967",
};

/** Reads a contract's ABI and bytecode. @throws if the contracts are not compiled. */
export function artifact(name: string): Artifact {
  const path = join(root, "artifacts", folders[name] ?? name, `${name}.sol/${name}.json`);
  if (!existsSync(path)) throw new Error(`no artifact of ${name}; run npm run build first`);
  return JSON.parse(readFileSync(path, "utf8")) as Artifact;
}

const hashOf = ({ abi }: Artifact): string => ethers.id(JSON.stringify(abi));

/** Hash of a contract's ABI as it is compiled now. */
export const abiHashOf = (name: string): string => hashOf(artifact(name));

const plain = (value: unknown): unknown =>
  typeof value === "bigint" ? value.toString() : Array.isArray(value) ? value.map(plain) : value;
const shown = (args: unknown[]): string =>
  args.map((value) => (typeof value === "object" ? JSON.stringify(plain(value)) : String(value))).join(", ");

/** Deploys and calls, remembering each finished act in a state file, so that a stopped deployment resumes. */
export class Deployer {
  readonly signer: ethers.Signer;
  readonly config: DeployConfig;
  readonly dryRun: boolean;
  readonly #statePath: string | undefined;
  readonly #say: (line: string) => void;
  readonly #state: Record<string, Deployed> = {};

  constructor(options: {
    signer: ethers.Signer;
    config: DeployConfig;
    statePath?: string;
    dryRun?: boolean;
    say?: (line: string) => void;
  }) {
    this.signer = options.signer;
    this.config = options.config;
    this.dryRun = options.dryRun ?? false;
    this.#statePath = options.statePath;
    this.#say = options.say ?? (() => undefined);
    if (options.statePath && existsSync(options.statePath)) {
      this.#state = JSON.parse(readFileSync(options.statePath, "utf8")) as Record<string, Deployed>;
    }
  }

  /** ABI and bytecode of `name`, as they are deployed. */
  artifact(name: string): Artifact {
    return artifact(name);
  }

  /** Selectors of functions of `name`. @throws if it does not have one of them */
  selectors(name: string, methods: string[]): string[] {
    const face = new ethers.Interface(this.artifact(name).abi);
    return methods.map((method) => {
      const found = face.getFunction(method);
      if (!found) throw new Error(`${name} has no function ${method}`);
      return found.selector;
    });
  }

  /** Deploys `name` directly unless the state has it. */
  async contract(name: string, args: unknown[]): Promise<string> {
    return this.#once(name, args, async () => this.create(name, args));
  }

  /** Deploys `name` behind an ERC-1967 proxy, initialised in the same transaction. */
  async proxy(name: string, constructorArgs: unknown[], initArgs: unknown[]): Promise<string> {
    return this.#once(name, [...constructorArgs, ...initArgs], async () => {
      const { abi } = this.artifact(name);
      const implementation = await this.create(name, constructorArgs);
      const init = new ethers.Interface(abi).encodeFunctionData("initialize", initArgs);
      const proxy = await this.create("ERC1967Proxy", [implementation.address, init]);
      return {
        ...proxy,
        implementation: implementation.address,
        constructorParameters: constructorArgs,
        abiHash: implementation.abiHash,
      };
    });
  }

  /**
   * Sends a call unless `done` says that the chain already shows its effect.
   * @param label What the call does, for readers; its arguments where left out.
   */
  async call(
    name: string,
    method: string,
    args: unknown[],
    done: (c: ethers.Contract) => Promise<boolean>,
    label = shown(args),
  ): Promise<void> {
    const act = `${name}.${method}(${label})`;
    if (this.dryRun) return this.#say(`would call ${act}`);
    const target = this.at(name);
    if (await done(target)) return this.#say(`done already: ${act}`);
    const sent = (await target.getFunction(method)(...args)) as ethers.TransactionResponse;
    await mined(sent);
    this.#say(act);
  }

  /** The contract `name`, bound to the deployer's key. */
  at(name: string): ethers.Contract {
    const known = this.#state[name];
    if (!known) throw new Error(`${name} is not deployed yet`);
    return new ethers.Contract(known.address, this.artifact(name).abi, this.signer);
  }

  address(name: string): string {
    return this.#state[name]?.address ?? this.#unknown(name);
  }

  /** All contracts deployed so far. */
  record(): Record<string, Deployed> {
    return this.#state;
  }

  /** Stands for an address in a dry run. */
  #unknown(name: string): string {
    if (!this.dryRun) throw new Error(`${name} is not deployed yet`);
    return `<${name}>`;
  }

  async #once(name: string, args: unknown[], create: () => Promise<Deployed>): Promise<string> {
    const known = this.#state[name];
    if (known && (await this.signer.provider?.getCode(known.address)) !== "0x") {
      this.#say(`${name} is at ${known.address}`);
      return known.address;
    }
    if (this.dryRun) {
      this.#say(`would deploy ${name}(${shown(args)})`);
      return this.#unknown(name);
    }
    const deployed = await create();
    this.#state[name] = { ...deployed, constructorParameters: deployed.constructorParameters?.map(plain) };
    this.#save();
    this.#say(`${name} → ${deployed.address}`);
    return deployed.address;
  }

  protected async create(name: string, args: unknown[]): Promise<Deployed> {
    // Only the constructor counts here; a library's functions may have types that ethers does not read.
    const abi = (this.artifact(name).abi as ethers.JsonFragment[]).filter(({ type }) => type === "constructor");
    const contract = await new ethers.ContractFactory(abi, this.#linked(name), this.signer).deploy(...args);
    const sent = contract.deploymentTransaction();
    if (!sent) throw new Error(`the deployment of ${name} was not sent`);
    const receipt = await mined(sent);
    return {
      address: await contract.getAddress(),
      startBlock: receipt.blockNumber,
      txHash: receipt.hash,
      constructorParameters: args,
      abiHash: hashOf(this.artifact(name)),
    };
  }

  /** Bytecode with the addresses of its libraries, which must be deployed before. */
  #linked(name: string): string {
    const { bytecode, linkReferences } = this.artifact(name);
    let linked = bytecode;
    for (const [library, places] of Object.values(linkReferences).flatMap((names) => Object.entries(names)))
      for (const { start, length } of places) {
        const from = 2 + 2 * start;
        linked = linked.slice(0, from) + this.address(library).slice(2).toLowerCase() + linked.slice(from + 2 * length);
      }
    return linked;
  }

  #save(): void {
    if (!this.#statePath) return;
    mkdirSync(dirname(this.#statePath), { recursive: true });
    writeFileSync(this.#statePath, `${JSON.stringify(this.#state, null, 2)}\n`);
  }
}
