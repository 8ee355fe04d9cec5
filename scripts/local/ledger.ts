import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Deployment, DeploymentInvalid, parseDeployment } from "@tburn/deployments";
import { ethers } from "ethers";
import { local } from "../deploy/config.ts";
import { deploy } from "../deploy/deploy.ts";
import { abiHashOf } from "../deploy/deployer.ts";
import { type LocalChain, localWallet, startChain } from "./chain.ts";
import { HISTORY_SECONDS, tellHistory } from "./past/history.ts";
import { ANCHORER, COMMITTEE, COUNCIL, GUARDIAN, REPORTER } from "./past/wallets.ts";

/** Seconds between blocks once the past has been told. */
const BLOCK_SECONDS = 2;

export interface Ledger extends LocalChain {
  record: Deployment;
  recordPath: string;
  /** Whether the chain was begun now: what another database knows of it is void. */
  isNew: boolean;
}

async function begin(chain: LocalChain, recordPath: string, days: number, say: (line: string) => void) {
  const wallet = localWallet(0, chain.provider);
  const own = wallet.address;
  const holders = {
    ...local.holders,
    // Rehearsal roles: on a network only managers hold them.
    slasher: own,
    standing: own,
    reporter: own,
    param: own,
    council: localWallet(COUNCIL).address,
    guardian: localWallet(GUARDIAN).address,
    committee: localWallet(COMMITTEE).address,
    anchor: localWallet(ANCHORER).address,
  };
  const oracle = { ...local.oracle, reporters: [localWallet(REPORTER).address] };
  const record = await deploy({ signer: new ethers.NonceManager(wallet), config: { ...local, holders, oracle } });
  if (!record) throw new Error("the contracts were not deployed");
  say(`${Object.keys(record.contracts).length} contracts deployed`);
  await tellHistory(record, chain.provider, days, say);
  // Written last: a start that was interrupted before begins anew.
  writeFileSync(recordPath, `${JSON.stringify(record, null, 2)}\n`);
  return record;
}

/** A record that names today's contracts; undefined for one of an earlier version. */
function readable(recordPath: string): Deployment | undefined {
  try {
    return parseDeployment(JSON.parse(readFileSync(recordPath, "utf8")));
  } catch (error) {
    if (error instanceof DeploymentInvalid) return undefined;
    throw error;
  }
}

/** The chain of an earlier start, unless its contracts are not the ones of today. */
function known(recordPath: string, say: (line: string) => void): Deployment | undefined {
  if (!existsSync(recordPath)) return undefined;
  const record = readable(recordPath);
  if (!record) {
    say("the contracts are others than those of the local chain: it begins anew");
    return undefined;
  }
  const changed = Object.entries(record.contracts).filter(([name, { abiHash }]) => abiHash !== abiHashOf(name));
  if (changed.length === 0) return record;
  say(`${changed.map(([name]) => name).join(", ")} changed: the local chain begins anew`);
  return undefined;
}

/**
 * Starts the local chain where it was, or begins one with `days` of history.
 * @param pid Told the process number as soon as there is one.
 */
export async function startLedger(options: {
  dir: string;
  port: number;
  days: number;
  say: (line: string) => void;
  pid: (pid: number | undefined) => void;
}): Promise<Ledger> {
  const statePath = join(options.dir, "chain.json");
  const recordPath = join(options.dir, "deployment.json");
  const before = existsSync(statePath) ? known(recordPath, options.say) : undefined;
  const isNew = before === undefined;
  if (isNew) for (const path of [statePath, recordPath]) rmSync(path, { force: true });
  const genesis = Math.floor(Date.now() / 1000) - HISTORY_SECONDS(options.days);
  const chain = await startChain({ port: options.port, statePath, genesis });
  options.pid(chain.pid);
  try {
    const record = before ?? (await begin(chain, recordPath, options.days, options.say));
    await chain.provider.send("evm_setTime", [Math.floor(Date.now() / 1000)]);
    await chain.provider.send("evm_setIntervalMining", [BLOCK_SECONDS]);
    return { ...chain, record, recordPath, isNew };
  } catch (error) {
    await chain.stop();
    throw error;
  }
}
