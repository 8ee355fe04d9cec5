import fc from "fast-check";
import { expect, it } from "vitest";
import { Visitors } from "./visitors.ts";

/** A limit whose time stands still until it is moved. */
function stopped(perMinute: number) {
  let now = 0;
  const visitors = new Visitors(perMinute, 0, () => now);
  const asked = (address: string, times: number) => Array.from({ length: times }, () => visitors.take(address));
  return { asked, pass: (ms: number) => (now += ms) };
}

it("lets an address ask so often at once, then says how long to wait, and that is true", () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600 }), (perMinute) => {
      const { asked, pass } = stopped(perMinute);
      const [wait = 0, ...rest] = asked("203.0.113.7", perMinute + 1).reverse();
      expect(rest.every((one) => one === 0)).toBe(true);
      expect(wait).toBeGreaterThan(0);
      pass(wait * 1_000);
      expect(asked("203.0.113.7", 1)).toEqual([0]);
    }),
  ));

it("never lets more through in any minute than twice what it says", () =>
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 300 }), (pauses) => {
      const { asked, pass } = stopped(30);
      const times: number[] = [];
      let now = 0;
      for (const pause of pauses) {
        now = pass(pause);
        if (asked("203.0.113.7", 1)[0] === 0) times.push(now);
      }
      for (const from of times) {
        expect(times.filter((time) => time >= from && time < from + 60_000).length).toBeLessThanOrEqual(60);
      }
    }),
  ));

it.each([
  ["2001:db8::1", "2001:db8::ffff:1", true],
  ["2001:db8::1", "2001:db8:0:1::1", false],
  ["203.0.113.7", "::ffff:203.0.113.7", true],
  ["203.0.113.7", "203.0.113.8", false],
  ["nobody", "unknown", true],
])("counts %s and %s together: %s", (one, other, isOne) => {
  const { asked } = stopped(3);
  expect(asked(one, 3)).toEqual([0, 0, 0]);
  expect(asked(other, 1)[0] !== 0).toBe(isOne);
});

it("remembers no more addresses than it has room for", () => {
  const { asked } = stopped(1);
  asked("203.0.113.7", 1);
  for (let i = 0; i < 50_000; i++) asked(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, 1);
  expect(asked("203.0.113.7", 1)).toEqual([0]);
});

it("has no limit at 0", () => expect(stopped(0).asked("203.0.113.7", 10_000)).not.toContain(1));
