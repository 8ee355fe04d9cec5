/** A pause that a hint ends; a hint that comes while nobody rests ends the next one. */
export class Rest {
  readonly #longest: number;
  #isHinted = false;
  #wake: () => void = () => undefined;

  constructor(longestMs: number) {
    this.#longest = longestMs;
  }

  hint(): void {
    this.#isHinted = true;
    this.#wake();
  }

  /** Resolves at the next hint, or after the longest time. */
  async until(): Promise<void> {
    if (!this.#isHinted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.#longest);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#isHinted = false;
  }
}
