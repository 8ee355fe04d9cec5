import DataLoader from "dataloader";

/** So many questions are enough for one statement. */
const MOST = 500;

/**
 * Asks the database many small questions by one statement: those that come while one is on its way leave together behind
 * it. Nothing is remembered: each is answered by a statement that began after it was asked, and fails with those who
 * travelled with it.
 * @param ask Answers in the order of the questions. It says itself for whom the database is asked: it runs for all.
 */
export function together<Question, Answer>(ask: (questions: readonly Question[]) => Promise<Answer[]>) {
  let onItsWay: Promise<unknown> = Promise.resolve();
  const send = (questions: readonly Question[]) => {
    const answers = ask(questions);
    onItsWay = answers.catch(() => undefined);
    return answers;
  };
  return new DataLoader<Question, Answer>(send, {
    cache: false,
    maxBatchSize: MOST,
    batchScheduleFn: (leave) => void onItsWay.then(leave),
  });
}
