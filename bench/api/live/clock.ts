/** Milliseconds since 1970 with their fractions: the one clock that pages and processes of a machine share. */
export const now = () => performance.timeOrigin + performance.now();

/** Something that happens for each block: whoever waits is told when. */
export class Watch {
  #at: number | undefined;
  #told: (() => void) | undefined;

  /** Forgets what was before. */
  reset(): void {
    this.#at = undefined;
  }

  /** It has happened; what comes after the first time counts for nothing. */
  note(at = now()): void {
    this.#at ??= at;
    this.#told?.();
  }

  /** When it happened. @returns undefined if it has not within so many milliseconds */
  async seen(withinMs: number): Promise<number | undefined> {
    if (this.#at === undefined) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        this.#told = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#told = undefined;
    }
    return this.#at;
  }
}

const rounded = (value: number) => Number(value.toFixed(2));

/** Of waits in milliseconds: half of them are below p50, and so on. */
export function percentiles(waits: number[]) {
  const sorted = waits.toSorted((one, other) => one - other);
  const at = (part: number) => rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
  return { count: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}
