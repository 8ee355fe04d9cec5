import { Listener } from "../db/listen.ts";

/** Commits since the last look, together. */
export interface News {
  /** The newest block that stands. */
  block: number;
  /** Blocks above this one were taken back in between. */
  undoneTo: number | undefined;
}

interface Subscriber {
  pending: News | undefined;
  wake: () => void;
}

/** Wakes subscribers after each commit, whichever process made it. */
export class NewsDesk {
  readonly #listener: Listener;
  readonly #subscribers = new Set<Subscriber>();
  #stopped = false;

  constructor(url: string) {
    this.#listener = new Listener(url, ({ block, isUndone }) =>
      this.#tell({ block, undoneTo: isUndone ? block : undefined }),
    );
  }

  start(): Promise<void> {
    return this.#listener.start();
  }

  get isHearing(): boolean {
    return this.#listener.isHearing;
  }

  /** News from now on, until the consumer leaves. What comes while it is busy is told together. */
  async *news(): AsyncGenerator<News> {
    const mine: Subscriber = { pending: undefined, wake: () => undefined };
    this.#subscribers.add(mine);
    try {
      while (!this.#stopped) {
        if (!mine.pending) await new Promise<void>((resolve) => (mine.wake = resolve));
        const news = mine.pending;
        mine.pending = undefined;
        if (news) yield news;
      }
    } finally {
      this.#subscribers.delete(mine);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { wake } of this.#subscribers) wake();
    await this.#listener.stop();
  }

  #tell({ block, undoneTo }: News): void {
    for (const one of this.#subscribers) {
      const lowest = [one.pending?.undoneTo, undoneTo].filter((number) => number !== undefined);
      one.pending = { block, undoneTo: lowest.length > 0 ? Math.min(...lowest) : undefined };
      one.wake();
    }
  }
}
