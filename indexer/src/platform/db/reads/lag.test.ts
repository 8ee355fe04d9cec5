import { describe, expect, it } from "vitest";
import { LagMeter } from "./lag.ts";
import { laterOf, lsnOf } from "./lsn.ts";

describe("a place in the log", () => {
  it("is compared as a number of 64 bits, not as a text", () => {
    expect(lsnOf("0/16B3748")).toBe(0x16b3748n);
    expect(lsnOf("A/0") > lsnOf("9/FFFFFFFF")).toBe(true);
  });

  it.each(["", "1", "0/", "0/x", "0/123456789"])("is not read from %j", (text) => {
    expect(() => lsnOf(text)).toThrow("no LSN");
  });

  it("is the later of two, and of one that one", () => {
    expect([laterOf(1n, 2n), laterOf(2n, 1n), laterOf(undefined, 1n), laterOf(1n, undefined)]).toEqual([
      2n,
      2n,
      1n,
      1n,
    ]);
    expect(laterOf(undefined, undefined)).toBeUndefined();
  });
});

describe("the lag of a replica", () => {
  it("is not known before it has replayed what the primary once had", () => {
    const meter = new LagMeter();
    meter.primaryHas(10n, 0);
    meter.replicaHas(9n);
    expect(meter.ms).toBeUndefined();
    meter.replicaHas(10n);
    expect(meter.ms).toBe(0);
  });

  it("grows while it stands still and the primary writes, and is gone when it has caught up", () => {
    const meter = new LagMeter();
    for (const [lsn, at] of [
      [10n, 0],
      [20n, 100],
      [30n, 200],
    ] as const)
      meter.primaryHas(lsn, at);
    meter.replicaHas(10n);
    expect(meter.ms).toBe(200);
    meter.replicaHas(30n);
    expect(meter.ms).toBe(0);
  });

  it("does not grow while the primary writes nothing, nor while it is away", () => {
    const meter = new LagMeter();
    for (const at of [0, 100, 5_000]) {
      meter.primaryHas(10n, at);
      meter.replicaHas(10n);
    }
    expect(meter.ms).toBe(0);
    meter.replicaHas(10n);
    expect(meter.ms).toBe(0);
  });

  it("is not known of another server that has less than the one before it", () => {
    const meter = new LagMeter();
    meter.primaryHas(10n, 0);
    meter.replicaHas(10n);
    meter.replicaHas(5n);
    expect(meter.ms).toBeUndefined();
  });

  it("takes no memory without end while a replica stands still", () => {
    const meter = new LagMeter();
    for (let at = 0; at < 5_000; at++) meter.primaryHas(BigInt(at), at);
    meter.replicaHas(4_999n);
    expect(meter.ms).toBe(4_000);
    meter.primaryHas(5_000n, 5_000);
    meter.replicaHas(5_000n);
    expect(meter.ms).toBe(0);
  });
});
