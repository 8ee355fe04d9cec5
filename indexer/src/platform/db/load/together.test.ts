import { describe, expect, it } from "vitest";
import { together } from "./together.ts";

/** Answers when it is let. */
function slowly() {
  const asked: { questions: readonly string[]; answer: () => void; fail: () => void }[] = [];
  const ask = (questions: readonly string[]) =>
    new Promise<string[]>((resolve, reject) => {
      const answer = () => resolve(questions.map((one) => `${one}!`));
      asked.push({ questions, answer, fail: () => reject(new Error("gone")) });
    });
  return { asked, ask };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("questions of many", () => {
  it("leave at once, and together while one is on its way; each gets its own answer", async () => {
    const { asked, ask } = slowly();
    const loader = together(ask);
    const first = loader.load("a");
    await settled();
    const others = ["b", "c"].map((one) => loader.load(one));
    await settled();
    expect(asked.map(({ questions }) => questions)).toEqual([["a"]]);
    asked[0]?.answer();
    await settled();
    expect(asked[1]?.questions).toEqual(["b", "c"]);
    asked[1]?.answer();
    expect(await Promise.all([first, ...others])).toEqual(["a!", "b!", "c!"]);
  });

  it("are asked anew however often they come: nothing is remembered", async () => {
    const { asked, ask } = slowly();
    const loader = together(ask);
    for (let i = 0; i < 2; i++) {
      const answer = loader.load("a");
      await settled();
      asked[i]?.answer();
      expect(await answer).toBe("a!");
    }
    expect(asked).toHaveLength(2);
  });

  it("fail alone with those who travelled with them", async () => {
    const { asked, ask } = slowly();
    const loader = together(ask);
    const first = loader.load("a");
    await settled();
    const second = loader.load("b");
    asked[0]?.fail();
    await expect(first).rejects.toThrow("gone");
    await settled();
    asked[1]?.answer();
    expect(await second).toBe("b!");
  });
});
