import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import {
  askedWait,
  bodyOf,
  eventNames,
  MOST_ATTEMPTS,
  memberEvents,
  signedHeaders,
  told,
  waitAfter,
  writeSecret,
} from "./rules.ts";

const now = new Date("2026-01-10T00:00:00Z");
const HOUR = 3_600_000;

describe("a message", () => {
  it("is believed by the published package with each secret that signs, and with no other", () => {
    const secret = fc.uint8Array({ minLength: 24, maxLength: 64 }).map((bytes) => writeSecret(Buffer.from(bytes)));
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.tuple(secret, secret, secret),
        fc.string({ unit: "binary" }),
        (id, [one, two, other], text) => {
          fc.pre(new Set([one, two, other]).size === 3);
          const body = bodyOf({ event: "MemberRegistered", happenedAt: now, data: { text } });
          const headers = signedHeaders(id, new Date(), body, [one, two]);
          expect(new Webhook(one).verify(body, headers)).toMatchObject({ type: "MemberRegistered" });
          expect(new Webhook(two).verify(body, headers)).toMatchObject({ timestamp: now.toISOString() });
          expect(() => new Webhook(other).verify(body, headers)).toThrow();
          expect(() => new Webhook(one).verify(`${body} `, headers)).toThrow();
        },
      ),
    );
  });

  it("tells of an event what is named, and nothing that came later", () => {
    const detail = { caseId: "a", level: 2, approvedBy: "an officer" };
    expect(told("KycApproved", detail)).toEqual({ caseId: "a", level: 2 });
    expect(new Set(eventNames).size).toBe(eventNames.length);
    expect(Object.keys(memberEvents)).not.toContain("MemberErased");
  });
});

describe("the wait for another attempt", () => {
  it("makes ten attempts within 75 to 84 hours, later each time", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (chance) => {
        const waits = Array.from({ length: MOST_ATTEMPTS }, (_, i) => waitAfter(i + 1, 0, chance));
        expect(waits.at(-1)).toBeUndefined();
        const known = waits.slice(0, -1).map(Number);
        expect(known).toEqual([...known].sort((a, b) => a - b));
        const whole = known.reduce((sum, wait) => sum + wait, 0) / HOUR;
        expect(whole).toBeGreaterThan(75);
        expect(whole).toBeLessThan(84);
      }),
    );
  });

  it.each([
    [undefined, 0],
    ["120", 120_000],
    ["Sat, 10 Jan 2026 00:01:00 GMT", 60_000],
    ["Fri, 09 Jan 2026 00:00:00 GMT", 0],
    ["999999999", 24 * HOUR],
    ["-5", 0],
    ["soon", 0],
  ])("that %j asks for is %i ms", (header, ms) => expect(askedWait(header, now)).toBe(ms));

  it("is as long as was asked for, and never shorter than ours", () => {
    expect(waitAfter(1, HOUR, 0)).toBe(HOUR);
    expect(waitAfter(9, HOUR, 0)).toBe(24 * HOUR);
  });
});
