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

type Chore = [contract: "TierEngine" | "SlashingManager", method: string, args: readonly unknown[]];

/** States of a case from this one on are final (`ISlashingManager.State`). */
const CLOSED_FROM = 4;
/** Members looked at in one step; the next one goes on from there. */
const MEMBERS_AT_ONCE = 200n;
const CHORES_AT_ONCE = 16;

/**
 * Chores that are open to everybody and that nobody else may think of: tiers whose facts changed, cases that are ripe.
 * Each is simulated first, so a chore that somebody else did costs nothing.
 */
export class Keeper {
  readonly #chain: ReporterChain;
  readonly #log: Log;
  #nextMember = 1n;
  #closedBelow = 1n;

  constructor(chain: ReporterChain, log: Log) {
    this.#chain = chain;
    this.#log = log;
  }

  async step(): Promise<void> {
    const chores = [...(await this.#tiers()), ...(await this.#cases())];
    for (let start = 0; start < chores.length; start += CHORES_AT_ONCE)
      await Promise.all(chores.slice(start, start + CHORES_AT_ONCE).map((chore) => this.#do(...chore)));
  }

  async #tiers(): Promise<Chore[]> {
    const count = await this.#chain.read<bigint>("MemberRegistry", "memberCount");
    const now = await this.#chain.timestampOf(await this.#chain.head());
    const first = this.#nextMember > count ? 1n : this.#nextMember;
    const members = Array.from({ length: Number(count - first + 1n) }, (_, i) => first + BigInt(i));
    const looked = members.slice(0, Number(MEMBERS_AT_ONCE));
    this.#nextMember = first + BigInt(looked.length);
    const due = await Promise.all(looked.map((memberNo) => this.#isDue(memberNo, now)));
    return looked.filter((_, i) => due[i]).map((memberNo): Chore => ["TierEngine", "evaluate", [memberNo]]);
  }

  /** Whether a tier has something to stage, to make, or to cancel. */
  async #isDue(memberNo: bigint, now: number): Promise<boolean> {
    const [grade, supported] = await Promise.all([
      this.#chain.read<Grade>("TierEngine", "gradeOf", [memberNo]),
      this.#chain.read<number>("TierEngine", "supportedTierOf", [memberNo]),
    ]);
    if (grade.effectiveAt === 0) return supported !== grade.tier;
    return grade.effectiveAt <= now || supported === grade.tier;
  }

  async #cases(): Promise<Chore[]> {
    const count = await this.#chain.read<bigint>("SlashingManager", "caseCount");
    const chores: Chore[] = [];
    let isOpen = false;
    for (let caseId = this.#closedBelow; caseId <= count; caseId++) {
      const { execute, lapse } = await this.#chain.read<Actions>("SlashingManager", "actionsOf", [caseId]);
      if (execute || lapse) chores.push(["SlashingManager", execute ? "execute" : "lapse", [caseId]]);
      isOpen ||= (await this.#chain.read<number>("SlashingManager", "stateOf", [caseId])) < CLOSED_FROM;
      if (!isOpen) this.#closedBelow = caseId + 1n;
    }
    return chores;
  }

  async #do(...[contract, method, args]: Chore): Promise<void> {
    await this.#chain.send(contract, method, args).then(
      (hash) => this.#log.info({ method, args: args.map(String), hash }, "chore done"),
      (error: Error) => this.#log.debug({ method, problem: error.message.split("\n")[0] }, "chore refused"),
    );
  }
}
