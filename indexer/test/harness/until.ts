const PAUSE_MS = 15;
const PATIENCE_MS = 45_000;

/** Resolves with the first answer of `ask` that is neither undefined nor false. @throws saying what never came. */
export async function until<T>(
  what: string | (() => string),
  ask: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer as T;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`never came: ${typeof what === "string" ? what : what()}`);
}
