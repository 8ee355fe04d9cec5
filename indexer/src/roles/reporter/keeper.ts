import type { Log } from "../../platform/telemetry/log.ts";
import type { ReporterChain } from "./chain.ts";

interface Grade {
  tier: number;
  effectiveAt: number;
}

interface Actions {
  execute: boolean;
  lapse: boolean;
}

/**
 * Chores that are open to everybody and that nobody else may think of: tiers whose facts changed, cases that are ripe.
 * Each is simulated first, so a chore that somebody else did costs nothing.
 */
export class Keeper {
  readonly #chain: ReporterChain;
  readonly #log: Log;
  #closedBelow = 1n;

  constructor(chain: ReporterChain, log: Log) {
    this.#chain = chain;
    this.#log = log;
  }

  async step(): Promise<void> {
    await this.#tiers();
    await this.#cases();
  }

  async #tiers(): Promise<void> {
    const count = await this.#chain.read<bigint>("MemberRegistry", "memberCount");
    const now = await this.#chain.timestampOf(await this.#chain.head());
    for (let memberNo = 1n; memberNo <= count; memberNo++) {
      const [grade, supported] = await Promise.all([
        this.#chain.read<Grade>("TierEngine", "gradeOf", [memberNo]),
        this.#chain.read<number>("TierEngine", "supportedTierOf", [memberNo]),
      ]);
      const isStaged = grade.effectiveAt !== 0;
      // Something to stage, to make, or to cancel.
      const isDue = isStaged ? grade.effectiveAt <= now || supported === grade.tier : supported !== grade.tier;
      if (isDue) await this.#do("TierEngine", "evaluate", [memberNo]);
    }
  }

  async #cases(): Promise<void> {
    const count = await this.#chain.read<bigint>("SlashingManager", "caseCount");
    let open = false;
    for (let caseId = this.#closedBelow; caseId <= count; caseId++) {
      const actions = await this.#chain.read<Actions>("SlashingManager", "actionsOf", [caseId]);
      if (actions.execute) await this.#do("SlashingManager", "execute", [caseId]);
      else if (actions.lapse) await this.#do("SlashingManager", "lapse", [caseId]);
      open ||= (await this.#chain.read<number>("SlashingManager", "stateOf", [caseId])) < CLOSED_FROM;
      if (!open) this.#closedBelow = caseId + 1n;
    }
  }

  async #do(contract: "TierEngine" | "SlashingManager", method: string, args: readonly unknown[]): Promise<void> {
    await this.#chain.send(contract, method, args).then(
      (hash) => this.#log.info({ method, args: args.map(String), hash }, "chore done"),
      (error: Error) => this.#log.debug({ method, problem: error.message.split("\n")[0] }, "chore refused"),
    );
  }
}

/** States of a case from this one on are final (`ISlashingManager.State`). */
const CLOSED_FROM = 4;
