import { describe, expect, it } from "vitest";
import type { View } from "../queries.ts";
import { timelineOf } from "./timeline.ts";

const view = { state: "active", snapshot: 20, deadline: 170, eta: 0 } as View;
const recorded = { createdAt: 0, queuedAt: null, executedAt: null, canceledAt: null };
const told = (stages: ReturnType<typeof timelineOf>) => stages.map(({ step, isDone }) => (isDone ? step : `(${step})`));

describe("timelineOf", () => {
  it("tells what is done and what is to come", () => {
    expect(told(timelineOf(view, recorded, 100))).toEqual([
      "created",
      "snapshot",
      "(deadline)",
      "(queued)",
      "(executable)",
      "(executed)",
    ]);
    const executed = { ...view, state: "executed" } as View;
    expect(timelineOf(executed, { ...recorded, executedAt: 300 }, 400).every(({ isDone }) => isDone)).toBe(true);
  });
  it("ends where the proposal ended", () => {
    const defeated = { ...view, state: "defeated" } as View;
    expect(told(timelineOf(defeated, recorded, 400))).toEqual(["created", "snapshot", "deadline", "defeated"]);
    const canceled = { ...view, state: "canceled" } as View;
    expect(told(timelineOf(canceled, { ...recorded, canceledAt: 50 }, 400))).toEqual([
      "created",
      "snapshot",
      "canceled",
    ]);
  });
});
