import { describe, expect, it } from "vitest";
import { Together } from "./together.ts";

/** Answers when it is let. */
function slowly() {
  const asked: { questions: string[]; answer: () => void; fail: () => void }[] = [];
  const ask = (questions: string[]) =>
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
    const together = new Together(ask);
    const answers = ["a", "b", "c"].map((one) => together.load(one));
    expect(asked.map(({ questions }) => questions)).toEqual([["a"]]);
    asked[0]?.answer();
    await settled();
    expect(asked[1]?.questions).toEqual(["b", "c"]);
    asked[1]?.answer();
    expect(await Promise.all(answers)).toEqual(["a!", "b!", "c!"]);
  });

  it("are asked anew however often they come: nothing is remembered", async () => {
    const { asked, ask } = slowly();
    const together = new Together(ask);
    for (let i = 0; i < 2; i++) {
      const answer = together.load("a");
      await settled();
      asked[i]?.answer();
      expect(await answer).toBe("a!");
    }
    expect(asked).toHaveLength(2);
  });

  it("of one name never travel together, and keep their order", async () => {
    const { asked, ask } = slowly();
    const together = new Together(ask, (one) => one.charAt(0));
    const answers = ["x", "a1", "a2", "b1", "a3"].map((one) => together.load(one));
    for (const expected of [["x"], ["a1", "b1"], ["a2"], ["a3"]]) {
      expect(asked.at(-1)?.questions).toEqual(expected);
      asked.at(-1)?.answer();
      await settled();
    }
    await Promise.all(answers);
  });

  it("fail alone with those who travelled with them", async () => {
    const { asked, ask } = slowly();
    const together = new Together(ask);
    const [first, second] = [together.load("a"), together.load("b")];
    asked[0]?.fail();
    await expect(first).rejects.toThrow("gone");
    await settled();
    asked[1]?.answer();
    expect(await second).toBe("b!");
  });
});
