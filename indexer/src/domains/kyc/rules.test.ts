import { describe, expect, it } from "vitest";
import { applyRefusal, canMove, isNews, mayRecommend, movedBy, reapplyAfter, states } from "./rules.ts";

const now = new Date("2026-03-01T00:00:00Z");
const day = (n: number) => new Date(now.getTime() + n * 86_400_000);

describe("a case", () => {
  it("that has ended stays where it is", () => {
    for (const from of ["rejected", "expired", "revoked"] as const) {
      expect(states.filter((to) => canMove(from, to))).toEqual([]);
    }
  });

  it("is approved only after a recommendation", () => {
    expect(states.filter((from) => canMove(from, "approved"))).toEqual(["recommended"]);
  });

  it("cannot be begun beside an open one, before the day that a rejection names, or for a level that is held", () => {
    const earlier = (state: "review" | "rejected" | "approved", level: number, reapply: Date | null = null) => [
      { state, level, reapplyAfter: reapply },
    ];
    expect(applyRefusal(earlier("review", 1), 2, now)).toBe("OPEN");
    expect(applyRefusal(earlier("rejected", 1, day(1)), 1, now)).toBe("EARLY");
    expect(applyRefusal(earlier("rejected", 1, now), 1, now)).toBeUndefined();
    expect(applyRefusal(earlier("approved", 2), 1, now)).toBe("HELD");
    expect(applyRefusal(earlier("approved", 1), 2, now)).toBeUndefined();
  });

  it("may be begun at once after what the member can mend, and later after the rest", () => {
    expect(reapplyAfter("document_unreadable", now)).toEqual(now);
    expect(reapplyAfter("data_mismatch", now)).toEqual(day(7));
    expect(reapplyAfter("sanctioned", now)).toEqual(day(365));
  });
});

describe("a provider's word", () => {
  it("is news if it is younger by the provider's own clock; of one moment, the harder one counts", () => {
    const known = { answer: "green", answerAt: now } as const;
    expect(isNews(known, { answer: "red_final", at: day(1) })).toBe(true);
    expect(isNews(known, { answer: "red_final", at: day(-1) })).toBe(false);
    expect(isNews(known, { answer: "red_retry", at: now })).toBe(true);
    expect(isNews({ answer: "red_final", answerAt: now }, { answer: "green", at: now })).toBe(false);
  });

  it("never approves, and a late no takes back what was approved", () => {
    for (const state of states) expect(movedBy(state, "green")).toBeUndefined();
    expect(movedBy("approved", "red_final")).toBe("revoked");
    expect(movedBy("recommended", "red_retry")).toBe("review");
    expect(movedBy("review", "red_retry")).toBe("pending");
    expect(movedBy("review", "red_final")).toBeUndefined();
  });

  it("other than yes cannot be overruled into an approval", () => {
    expect(mayRecommend("approve", "green")).toBe(true);
    for (const answer of ["none", "waiting", "red_retry", "red_final"] as const) {
      expect(mayRecommend("approve", answer)).toBe(false);
      expect(mayRecommend("reject", answer)).toBe(true);
    }
  });
});
