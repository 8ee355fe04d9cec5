import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchWeights, riskWeights } from "./data/weights.ts";
import { topics } from "./lists/entry.ts";
import { comparable } from "./matching/names.ts";
import { jaroWinkler, lettersOf, likenessBound } from "./matching/similarity.ts";
import { blocks, comparableNames, loadRefusal, matchOf, personOf, riskOf } from "./rules.ts";

const word = fc.string({ unit: fc.constantFrom(..."abcdeimnoru"), minLength: 1, maxLength: 9 });
const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" "));

describe("likeness of two texts", () => {
  it("is that of Winkler's own examples", () => {
    for (const [a, b, expected] of [
      ["martha", "marhta", 0.9611],
      ["dwayne", "duane", 0.84],
      ["dixon", "dicksonx", 0.8133],
    ] as const) {
      expect(jaroWinkler(a, b)).toBeCloseTo(expected, 4);
    }
  });

  it("is the same both ways, between 0 and 1, and 1 for equal texts alone", () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        const likeness = jaroWinkler(a, b);
        expect(likeness).toBe(jaroWinkler(b, a));
        expect(likeness).toBeGreaterThanOrEqual(0);
        expect(likeness === 1).toBe(a === b);
      }),
    );
  });

  it("is never above what shared letters allow, so that nothing is spared that would have matched", () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        fc.pre(a !== b);
        const [one, other] = [a, b].map((text) => ({ length: text.length, letters: lettersOf(text) }));
        if (!one || !other) return;
        expect(jaroWinkler(a, b)).toBeLessThanOrEqual(likenessBound(one, other) + 1e-9);
      }),
    );
  });
});

describe("a name", () => {
  it("is the same in whatever order, case, width and accents it is written", () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const other = [...words].reverse().join("-").toUpperCase();
        expect(comparable(other)).toEqual(comparable(words.join(", ")));
      }),
    );
    expect(comparable("Ｍüller, Ｊørgen")).toEqual(comparable("jorgen MULLER"));
  });

  it("in Hangul is compared as it is written, with or without its space", () => {
    expect(comparable("백 누리가람")).toMatchObject({ script: "hangul", text: "백누리가람", length: 5 });
  });

  it("without a letter is none", () => {
    expect(comparable(" -,. ")).toBeUndefined();
  });
});

const entry = (names: string[], birthDates: string[] = [], countries: string[] = []) => ({
  names: comparableNames(names),
  birthDates,
  countries,
});
const person = (names: string[], birthDate?: string, nationality?: string) =>
  personOf({ names, birthDate, nationality });

describe("a match", () => {
  it("has a score from 0 to 100 that its points add up to", () => {
    const date = fc.constantFrom("1961", "1961-03", "1961-03-03", "1990-01-01");
    const full = fc.constantFrom("1961-03-03", "1990-01-01", undefined);
    const country = fc.constantFrom("KR", "KP", "FR");
    fc.assert(
      fc.property(name, name, full, fc.array(date), fc.array(country), (own, listed, born, dates, countries) => {
        const match = matchOf(person([own], born, "KOR"), entry([listed, own.slice(1)], dates, countries));
        if (!match) return;
        const sum = match.features.reduce((all, { points }) => all + points, 0);
        expect(match.score).toBe(Math.min(100, Math.max(0, sum)));
      }),
    );
  });

  it("is never made better by what differs, nor worse by what is the same", () => {
    fc.assert(
      fc.property(name, (own) => {
        const score = (dates: string[], countries: string[]) =>
          matchOf(person([own], "1961-03-03", "KOR"), entry([own], dates, countries))?.score ?? 0;
        expect(score(["1961-03-03"], [])).toBeGreaterThanOrEqual(score([], []));
        expect(score(["1990-01-01"], [])).toBeLessThan(score([], []));
        expect(score([], ["KR"])).toBeGreaterThanOrEqual(score([], []));
        expect(score([], ["FR"])).toBeLessThanOrEqual(score([], []));
      }),
    );
  });

  it("says what adds to it", () => {
    const match = matchOf(
      person(["Quillem Zorban"], "1961-03-03", "PRK"),
      entry(["ZORBAN, Quillem"], ["1961"], ["KP"]),
    );
    expect(match).toEqual({
      score: 93,
      features: [
        { name: "name", outcome: "same", points: 80 },
        { name: "birth_date", outcome: "same_year", points: 8 },
        { name: "country", outcome: "same", points: 5 },
      ],
      likeness: { name: "quillem zorban", similarity: 1 },
    });
  });

  it("of Hangul is with native names alone: no Latin spelling is guessed", () => {
    expect(matchOf(person(["백누리가람"]), entry(["BAEK, Nurigaram"]))).toBeUndefined();
    expect(matchOf(person(["백 누리가람"]), entry(["BAEK, Nurigaram", "백누리가람"]))?.score).toBe(matchWeights.name);
  });

  it("of two Korean names that differ by a spelling goes to an officer, unless they were born on other days", () => {
    const listed = entry(["KIM, Min Soo"], ["1950-05-05"]);
    expect(matchOf(person(["KIM Min Su"]), listed)?.score).toBeGreaterThanOrEqual(matchWeights.review);
    expect(matchOf(person(["KIM Min Su"], "1990-04-01"), listed)?.score).toBeLessThan(matchWeights.review);
  });
});

describe("the risk of money laundering", () => {
  const facts = fc.record({
    ...{ hasListedWallet: fc.boolean(), isConfirmed: fc.boolean(), bestOpenScore: fc.nat(100) },
    ...{ topics: fc.subarray([...topics]), country: fc.constantFrom("KP", "SY", "KR", null) },
    ...{ hasBirthDate: fc.boolean(), hasContractWallet: fc.boolean() },
  });

  it("is from 0 to 100, and its factors add up to it", () => {
    fc.assert(
      fc.property(facts, (one) => {
        const { score, factors } = riskOf(one);
        expect(score).toBe(
          Math.min(
            100,
            factors.reduce((sum, { points }) => sum + points, 0),
          ),
        );
        expect(factors.map(({ points }) => points)).toEqual(factors.map(({ points }) => points).sort((a, b) => b - a));
      }),
    );
  });

  it("grows with every further fact", () => {
    fc.assert(
      fc.property(facts, (one) => {
        expect(riskOf({ ...one, isConfirmed: true }).score).toBeGreaterThanOrEqual(riskOf(one).score);
        expect(riskOf({ ...one, topics: [...topics] }).score).toBeGreaterThanOrEqual(riskOf(one).score);
      }),
    );
  });

  it("is nothing for somebody of whom nothing speaks", () => {
    const nobody = { hasListedWallet: false, isConfirmed: false, bestOpenScore: 0, topics: [], country: "KR" };
    expect(riskOf({ ...nobody, hasBirthDate: true, hasContractWallet: false })).toEqual({ score: 0, factors: [] });
    expect(riskOf({ ...nobody, hasBirthDate: false, hasContractWallet: false }).factors).toEqual([
      { name: "birth_date_missing", points: riskWeights.birth_date_missing },
    ]);
  });
});

describe("a list", () => {
  it("may lose a fifth of its entries and no more, and is never empty", () => {
    expect([loadRefusal(100, 80), loadRefusal(100, 79), loadRefusal(0, 1)]).toEqual([
      ...[undefined, "LIST_SHRUNK", undefined],
    ]);
    expect([loadRefusal(0, 0), loadRefusal(100, 0)]).toEqual(["LIST_EMPTY", "LIST_EMPTY"]);
  });
});

describe("a hit", () => {
  it("of a wallet keeps somebody out before anybody has looked; of a name, once it is confirmed", () => {
    expect(blocks({ kind: "wallet", state: "open" })).toBe(true);
    expect(blocks({ kind: "name", state: "open" })).toBe(false);
    expect(blocks({ kind: "name", state: "confirmed" })).toBe(true);
    expect(blocks({ kind: "wallet", state: "dismissed" })).toBe(false);
  });
});
