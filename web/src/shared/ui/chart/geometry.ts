export interface Point {
  label: string;
  /** One value per series, in the order of the series. */
  values: number[];
}

export const WIDTH = 640;
export const HEIGHT = 220;
/** Steps from the lower end of the scale to the upper one. */
const STEPS = 4;
const PAD = { left: 56, right: 12, top: 12, bottom: 34 };

/** A round upper end not far above `max`. */
export function roundUp(max: number): number {
  if (max <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(max));
  const step = [1, 1.5, 2, 3, 4, 5, 7.5, 10].find((factor) => factor * power >= max * 0.999_999) ?? 10;
  return step * power;
}

/** Where things stand in the drawing. What `isWhole` is counted: nothing stands between two numbers. */
export function layout(points: Point[], isStacked: boolean, isWhole = false) {
  const totals = points.map(({ values }) => (isStacked ? values.reduce((a, b) => a + b, 0) : Math.max(0, ...values)));
  const highest = roundUp(Math.max(0, ...totals));
  const top = isWhole ? STEPS * Math.ceil(highest / STEPS) : highest;
  const inner = WIDTH - PAD.left - PAD.right;
  const slot = inner / Math.max(1, points.length);
  const y = (value: number) => HEIGHT - PAD.bottom - (value / top) * (HEIGHT - PAD.top - PAD.bottom);
  return {
    top,
    slot,
    y,
    left: PAD.left,
    right: WIDTH - PAD.right,
    center: (index: number) => PAD.left + slot * (index + 0.5),
    ticks: Array.from({ length: STEPS + 1 }, (_, step) => (step / STEPS) * top).map((value) => ({
      value,
      y: y(value),
    })),
    /** Few enough labels that they do not touch. */
    isLabelled: (index: number) => index % Math.max(1, Math.ceil(points.length / 6)) === 0,
  };
}
