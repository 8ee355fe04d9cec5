import type { ContractName, Deployment } from "@tburn/deployments";
import { ethers } from "ethers";
import { Deployer } from "../deployer.ts";

const uups = new ethers.Interface(["function upgradeToAndCall(address implementation, bytes data)"]);

/** One call of an upgrade, for the timelock. */
export interface UpgradeCall {
  name: ContractName;
  /** The proxy. */
  target: string;
  implementation: string;
  data: string;
}

/** Libraries, which belong to the implementations that are linked with them. */
const libraries = new Set(["StakeExits", "StakeSlashing", "DoubleSigns", "SlashingRules", "LiquidExits"]);

/**
 * Takes the steps of a deployment beside one that runs: deploys libraries and implementations as compiled now, collects
 * the calls that put them behind the proxies, and changes nothing. Contracts that are new are deployed; the roles and
 * links that they need are up to the proposal that brings them in.
 */
export class Upgrader extends Deployer {
  readonly calls: UpgradeCall[] = [];
  readonly #running: Deployment["contracts"];

  constructor(options: ConstructorParameters<typeof Deployer>[0], running: Deployment) {
    super(options);
    this.#running = running.contracts;
  }

  override address(name: string): string {
    return this.record()[name]?.address ?? this.#addressOf(name) ?? super.address(name);
  }

  override async contract(name: string, args: unknown[]): Promise<string> {
    const known = libraries.has(name) ? undefined : this.#addressOf(name);
    return known ?? super.contract(name, args);
  }

  override async proxy(name: string, constructorArgs: unknown[], initArgs: unknown[]): Promise<string> {
    const target = this.#addressOf(name);
    if (target === undefined) return super.proxy(name, constructorArgs, initArgs);
    const { address: implementation } = await this.create(name, constructorArgs);
    const data = uups.encodeFunctionData("upgradeToAndCall", [implementation, "0x"]);
    this.calls.push({ name: name as ContractName, target, implementation, data });
    return target;
  }

  override async call(): Promise<void> {}

  #addressOf(name: string): string | undefined {
    return this.#running[name as ContractName]?.address;
  }
}
