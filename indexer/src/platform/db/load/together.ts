/** So many questions are enough for one statement. */
const MOST = 500;

interface Waiting<Question, Answer> {
  question: Question;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Asks the database many small questions by one statement: the first leaves at once, and those that come while it is on
 * its way leave together behind it. Nothing is remembered: each is answered by a statement that began after it was asked.
 */
export class Together<Question, Answer> {
  readonly #ask: (questions: Question[]) => Promise<Answer[]>;
  readonly #nameOf: (question: Question, n: number) => string | number;
  #waiting: Waiting<Question, Answer>[] = [];
  #isAsking = false;

  /**
   * @param ask Answers in the order of the questions. It says itself for whom the database is asked: it runs for all.
   * @param nameOf Questions of one name never travel together.
   */
  constructor(
    ask: (questions: Question[]) => Promise<Answer[]>,
    nameOf: (question: Question, n: number) => string | number = (_question, n) => n,
  ) {
    this.#ask = ask;
    this.#nameOf = nameOf;
  }

  /** @throws what `ask` throws, to all who travelled together */
  load(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject });
      if (!this.#isAsking) void this.#askAll();
    });
  }

  async #askAll(): Promise<void> {
    this.#isAsking = true;
    while (this.#waiting.length > 0) await this.#askSome(this.#leaving());
    this.#isAsking = false;
  }

  async #askSome(some: Waiting<Question, Answer>[]): Promise<void> {
    try {
      const answers = await this.#ask(some.map(({ question }) => question));
      for (const [n, { resolve }] of some.entries()) resolve(answers[n] as Answer);
    } catch (error) {
      for (const { reject } of some) reject(error);
    }
  }

  /** Takes the next ones of those who wait. */
  #leaving(): Waiting<Question, Answer>[] {
    const named = new Set<string | number>();
    const some: Waiting<Question, Answer>[] = [];
    const others: Waiting<Question, Answer>[] = [];
    for (const [n, one] of this.#waiting.entries()) {
      const name = this.#nameOf(one.question, n);
      const isNext = some.length < MOST && !named.has(name);
      named.add(name);
      (isNext ? some : others).push(one);
    }
    this.#waiting = others;
    return some;
  }
}
