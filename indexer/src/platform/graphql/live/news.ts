import { Listener } from "../../db/listen.ts";

/** What happened since the last look, together. */
export interface News {
  /** The newest block that stands; undefined if none has come. */
  block: number | undefined;
  /** Blocks above this one were taken back in between. */
  undoneTo: number | undefined;
  /** Whether something of the member has changed, off the chain. */
  ofMember: boolean;
}

/** What somebody waits for. */
export interface Wanted {
  /** Commits of the follower. */
  blocks: boolean;
  /** Whose changes off the chain. */
  memberId?: string | undefined;
}

interface Subscriber extends Wanted {
  pending: News | undefined;
  wake: () => void;
}

/** Wakes subscribers after each commit, whichever process made it. */
export class NewsDesk {
  readonly #listener: Listener;
  readonly #ofBlocks = new Set<Subscriber>();
  readonly #ofMembers = new Map<string, Set<Subscriber>>();
  #stopped = false;

  constructor(url: string) {
    this.#listener = new Listener(
      url,
      ({ block, isUndone }) => this.#tell({ block, undoneTo: isUndone ? block : undefined, ofMember: false }),
      {
        hear: (memberId) => this.#ring(this.#ofMembers.get(memberId)),
        missed: () => this.#ring([...this.#ofMembers.values()].flatMap((waiting) => [...waiting])),
      },
    );
  }

  start(): Promise<void> {
    return this.#listener.start();
  }

  get isHearing(): boolean {
    return this.#listener.isHearing;
  }

  /** News from its first question on, until the consumer leaves or `gone`. What comes while it is busy is told together. */
  async *news(wanted: Wanted, gone: AbortSignal): AsyncGenerator<News> {
    const mine: Subscriber = { ...wanted, pending: undefined, wake: () => undefined };
    const wake = () => mine.wake();
    this.#enter(mine);
    gone.addEventListener("abort", wake);
    try {
      while (!this.#stopped && !gone.aborted) {
        if (!mine.pending) await new Promise<void>((resolve) => (mine.wake = resolve));
        const news = mine.pending;
        mine.pending = undefined;
        if (news && !gone.aborted) yield news;
      }
    } finally {
      gone.removeEventListener("abort", wake);
      this.#leave(mine);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { wake } of this.#ofBlocks) wake();
    for (const waiting of this.#ofMembers.values()) for (const { wake } of waiting) wake();
    await this.#listener.stop();
  }

  #enter(one: Subscriber): void {
    if (one.blocks) this.#ofBlocks.add(one);
    if (one.memberId === undefined) return;
    const waiting = this.#ofMembers.get(one.memberId) ?? new Set();
    this.#ofMembers.set(one.memberId, waiting.add(one));
  }

  #leave(one: Subscriber): void {
    this.#ofBlocks.delete(one);
    const waiting = this.#ofMembers.get(one.memberId ?? "");
    waiting?.delete(one);
    if (waiting?.size === 0) this.#ofMembers.delete(one.memberId ?? "");
  }

  #tell({ block, undoneTo }: News): void {
    for (const one of this.#ofBlocks) {
      const lowest = [one.pending?.undoneTo, undoneTo].filter((number) => number !== undefined);
      const undone = lowest.length > 0 ? Math.min(...lowest) : undefined;
      one.pending = { block, undoneTo: undone, ofMember: one.pending?.ofMember ?? false };
      one.wake();
    }
  }

  #ring(waiting: Iterable<Subscriber> | undefined): void {
    for (const one of waiting ?? []) {
      one.pending = { block: one.pending?.block, undoneTo: one.pending?.undoneTo, ofMember: true };
      one.wake();
    }
  }
}
