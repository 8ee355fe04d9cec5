/** What time it is for people: sessions, codes, deadlines. The chain has its own time. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

/** A clock that tests move; it goes on from where it was put. */
export class TestClock {
  #aheadMs = 0;

  readonly now: Clock = () => new Date(Date.now() + this.#aheadMs);

  set(at: Date): void {
    this.#aheadMs = at.getTime() - Date.now();
  }

  advance(seconds: number): void {
    this.#aheadMs += seconds * 1_000;
  }
}
