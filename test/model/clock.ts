/** Days, maturities and the seconds that slashing stood still. */
export class Clock {
  now: number;
  readonly day: number;
  readonly unbonding: number;
  readonly #stops: { from: number; to: number }[] = [];

  constructor(now: number, day: number, unbonding: number) {
    this.now = now;
    this.day = day;
    this.unbonding = unbonding;
  }

  dayOf(time: number): number {
    return Math.floor(time / this.day);
  }

  pauseSlashing(seconds: number): void {
    this.#stops.push({ from: this.now, to: this.now + seconds });
  }

  resumeSlashing(): void {
    const last = this.#stops.at(-1);
    if (last && last.to > this.now) last.to = this.now;
  }

  isSlashingPaused(): boolean {
    return this.#stops.some(({ to }) => this.now < to);
  }

  /** Seconds that slashing has stood still so far. */
  tolled(): number {
    return this.#stops.reduce((all, { from, to }) => all + Math.min(to, this.now) - from, 0);
  }
}
