/** So many acts in so much time, all callers together. */
export class Pace {
  readonly #most: number;
  readonly #spanMs: number;
  #since = 0;
  #count = 0;

  constructor(most: number, spanMs: number) {
    this.#most = most;
    this.#spanMs = spanMs;
  }

  /** @returns whether one more may happen at `now`, milliseconds; if so, it counts */
  take(now: number): boolean {
    if (now - this.#since >= this.#spanMs) [this.#since, this.#count] = [now, 0];
    if (this.#count >= this.#most) return false;
    this.#count++;
    return true;
  }
}
