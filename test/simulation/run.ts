import { Breach } from "./oracle/judge.ts";
import type { Outcome, SimulatedProcess } from "./process.ts";
import type { Act, Schedule } from "./schedule.ts";
import type { Stage } from "./stage.ts";
import { Chains, type Lineage } from "./world/chain.ts";

/** What happened, by name. */
export type Counts = Record<string, number>;

const PATIENCE_MS = 20_000;
const ROUNDS = 80;

async function within<T>(what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Breach(`${what} did not end in ${PATIENCE_MS / 1_000} s`)), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** One schedule on the stage. */
class Run {
  readonly #schedule: Schedule;
  readonly #stage: Stage;
  readonly #chains: Chains;
  readonly #slots: (SimulatedProcess | undefined)[] = [undefined, undefined];
  /** Codes with which a process may end, given what was done to it. */
  readonly #excused = new Set<string>();
  readonly counts: Counts = {};
  /** Tips of chains that were left. */
  readonly #left: Lineage[] = [];
  #lineage: Lineage;
  #highest: number;
  /** What the last step came to. */
  #last = "";

  constructor(schedule: Schedule, stage: Stage) {
    this.#schedule = schedule;
    this.#stage = stage;
    this.#chains = new Chains(stage.recording);
    this.#lineage = this.#chains.begin(schedule.perBlock);
    this.#highest = this.#lineage.length - 1;
    stage.judge.begin(this.#chains, () => (schedule.announcesHistory ? -1 : this.#floor));
    for (const node of stage.nodes) node.join(this.#chains, this.#lineage);
  }

  async perform(): Promise<void> {
    try {
      for (const act of this.#schedule.acts) await within(act.do, this.#act(act));
      await this.#end();
      if (this.#schedule.isBeyondFinality) await this.#beyondFinality();
    } finally {
      for (const one of this.#slots) one?.kill();
    }
  }

  #count(what: string, by = 1): void {
    this.counts[what] = (this.counts[what] ?? 0) + by;
  }

  async #act(act: Act): Promise<void> {
    this.#count(act.do);
    switch (act.do) {
      case "mine":
        return this.#become(this.#chains.mine(this.#lineage, act.counts));
      case "fork":
        return this.#fork(act);
      case "return":
        return this.#return(act.choice);
      case "sync":
        return this.#sync(act);
      case "restart-postgres":
        this.#excuse("LOCK_LOST", "DATABASE_GONE", "CHECKPOINT_MOVED");
        return this.#stage.restartPostgres(act.isCrash);
      case "read":
        await this.#stage.judge.look(act.isDeep);
        return;
      case "fault":
      case "lag":
      case "stick":
      case "heal":
        return this.#toNode(act);
      default:
        return this.#toProcess(act);
    }
  }

  #become(lineage: Lineage): void {
    this.#lineage = lineage;
    this.#highest = Math.max(this.#highest, lineage.length - 1);
    for (const node of this.#stage.nodes) node.hear(lineage);
  }

  /** Nothing at or below it may change: some process may have seen the highest head. */
  get #floor(): number {
    return Math.max(this.#stage.recording.deployment.startBlock - 1, this.#highest - this.#schedule.finalityDepth);
  }

  #fork({ depth, counts, choice }: Act & { do: "fork" }): void {
    const head = this.#lineage.length - 1;
    const ancestor = Math.max(this.#floor, head - depth);
    if (ancestor >= head) return;
    this.#left.push(this.#lineage);
    this.#become(this.#chains.fork(this.#lineage, ancestor, counts, choice));
    this.#count("blocks replaced", head - ancestor);
  }

  #return(choice: number): void {
    const open = this.#left.filter((tip) => tip[this.#floor]?.hash === this.#lineage[this.#floor]?.hash);
    const found = open[Math.floor(choice * open.length)];
    if (!found) return;
    this.#left.push(this.#lineage);
    this.#become(found);
  }

  #toNode(act: Act & { do: "fault" | "lag" | "stick" | "heal" }): void {
    const node = this.#stage.nodes[act.node];
    if (!node) return;
    if (act.do === "fault") {
      node.arm(act.kind, act.times);
      if (act.kind === "other-chain") this.#excuse("WRONG_CHAIN");
    } else if (act.do === "lag") node.lag = act.blocks;
    else if (act.do === "stick") node.isStuck = true;
    else {
      node.heal();
      node.hear(this.#lineage);
    }
  }

  async #toProcess(act: Act & { slot: number }): Promise<void> {
    const one = this.#slots[act.slot];
    if (!one || one.isDead) return;
    if (act.do !== "kill" && act.do !== "kill-at") this.#excuse("LOCK_LOST", "DATABASE_GONE", "CHECKPOINT_MOVED");
    if (act.do === "kill") one.kill();
    if (act.do === "drop") one.dropConnections();
    if (act.do === "kill-at") one.plan(act.point, "kill");
    if (act.do === "suspend") one.plan(act.point, "suspend");
    if (act.do === "break") one.breakAfter(act.messages, act.direction, act.isDeadly);
    if (act.do === "resume" && one.isSuspended) this.#judge(await one.resume());
  }

  #excuse(...codes: string[]): void {
    for (const code of codes) this.#excused.add(code);
  }

  async #sync({ slot, steps, look }: Act & { do: "sync" }): Promise<void> {
    const one = await this.#running(slot);
    if (!one) return;
    if (look) one.plan(look, "look");
    for (let i = 0; i < steps && !one.isDead && !one.isSuspended; i++) {
      const outcome = await one.step();
      this.#judge(outcome);
      if (outcome.kind === "stepped" && outcome.step.kind === "idle") return;
    }
  }

  /** The process of a slot, started again if it has died; undefined while another one is the writer. */
  async #running(slot: number): Promise<SimulatedProcess | undefined> {
    let one = this.#slots[slot];
    if (!one || one.isDead) {
      one = this.#process();
      this.#slots[slot] = one;
      this.#count("starts");
      const outcome = await one.start();
      if (outcome) {
        this.#judge(outcome);
        return undefined;
      }
    }
    const other = this.#slots[1 - slot];
    if (one.isSuspended) return undefined;
    if (other?.isWriter && !other.isSuspended && !one.isWriter) return undefined;
    await one.takeOver();
    return one;
  }

  #process(): SimulatedProcess {
    const { recording, url, tables, nodes, judge, Process } = this.#stage;
    const { finalityDepth, proof, announcesHistory, overlaps, largestRange } = this.#schedule;
    return new Process(
      {
        database: url,
        urls: nodes.slice(0, this.#schedule.nodes).map(({ url }) => url),
        deployment: recording.deployment,
        tables,
        finalityDepth,
        proof,
        announcesHistory,
        overlaps,
        largestRange,
      },
      async () => {
        await judge.look(false);
        this.#count("looks within a step");
      },
    );
  }

  #judge(outcome: Outcome): void {
    this.#last = JSON.stringify(outcome).slice(0, 300);
    this.#count(outcome.kind === "stepped" ? outcome.step.kind : outcome.kind);
    if (outcome.kind === "stepped") this.#count("events", outcome.step.events);
    if (outcome.kind !== "ended" || this.#excused.has(outcome.code)) return;
    throw new Breach(`the process ended: ${outcome.code}: ${outcome.problem}`);
  }

  /** Everything heals; the engine must come to the head by itself and tell exactly that chain. */
  async #end(): Promise<void> {
    for (const one of this.#slots) if (one?.isSuspended) this.#judge(await within("resume", one.resume()));
    this.#become(this.#chains.mine(this.#lineage, [1]));
    for (const node of this.#stage.nodes) {
      node.heal();
      node.hear(this.#lineage);
    }
    const head = this.#lineage.at(-1);
    for (let round = 0; round < ROUNDS; round++) {
      for (const slot of [0, 1]) await within("catching up", this.#sync({ do: "sync", slot, steps: 4 }));
      for (const one of this.#slots) if (one?.isSuspended) this.#judge(await within("resume", one.resume()));
      const { rows } = await this.#stage.pool.query<{ block_hash: string }>("select * from ops.checkpoint");
      if (rows[0]?.block_hash === head?.hash) {
        await within("the last look", this.#stage.judge.look(true));
        return;
      }
    }
    throw new Breach(`the engine did not come to block ${head?.number} in ${ROUNDS} rounds; at last ${this.#last}`);
  }

  /** The chain changes below what was final: the engine stops, says so, and serves what it had. */
  async #beyondFinality(): Promise<void> {
    const { judge, recording } = this.#stage;
    const before = await judge.look(false);
    const ancestor = (before?.finalBlock ?? 0) - 1;
    if (!before || ancestor < recording.deployment.startBlock) return;
    this.#count("beyond finality");
    this.#become(this.#chains.fork(this.#lineage, ancestor, Array(before.number - ancestor + 2).fill(1), 0));
    let code: string | undefined;
    for (let tries = 0; tries < 20 && code !== "REORG_BEYOND_FINALITY"; tries++) {
      for (const slot of [0, 1]) {
        const one = await within("start", this.#running(slot));
        const outcome = await one?.step();
        if (outcome?.kind === "ended") code = outcome.code === "UNEXPECTED" ? outcome.problem : outcome.code;
        if (outcome?.kind === "suspended") await one?.resume();
      }
    }
    if (code !== "REORG_BEYOND_FINALITY") throw new Breach(`a change below finality did not stop the engine (${code})`);
    const after = await within("the look after", judge.look(true));
    if (after?.hash !== before.hash) throw new Breach("a change below finality moved the checkpoint");
  }
}

/** What a schedule came to; `problem` says which promise was broken. */
export interface Result {
  problem?: string;
  counts: Counts;
}

export async function perform(schedule: Schedule, stage: Stage): Promise<Result> {
  await stage.clear();
  const run = new Run(schedule, stage);
  try {
    await run.perform();
    return { counts: run.counts };
  } catch (error) {
    const problem = error instanceof Breach ? error.message : String((error as Error).stack ?? error);
    return { problem, counts: run.counts };
  }
}
