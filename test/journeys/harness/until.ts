/**
 * Asks again until `look` answers something.
 * @throws with the last problem when `seconds` have passed.
 */
export async function until<T>(what: string, look: () => Promise<T | undefined | false>, seconds = 60): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let problem = "";
  while (Date.now() < end) {
    try {
      const answer = await look();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what} did not happen within ${seconds} s${problem === "" ? "" : `; last problem: ${problem}`}`);
}
