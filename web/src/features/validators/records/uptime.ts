export interface ReportedEpoch {
  epoch: number;
  uptimeBps: number;
  down: boolean;
  proposed: number;
  missed: number;
  attested: number;
  reportedAt: number;
}

const WHOLE = 10_000;

/** Sign of a cell, so that nothing is told by colour alone: nothing for a whole epoch. */
export function glyphOf({ uptimeBps, down }: Pick<ReportedEpoch, "uptimeBps" | "down">): string {
  if (down) return "✕";
  if (uptimeBps >= WHOLE) return "";
  return uptimeBps >= 9_900 ? "·" : uptimeBps >= 9_500 ? "–" : "!";
}

/** Tone of a cell: the less uptime, the graver. */
export function toneOf({ uptimeBps, down }: Pick<ReportedEpoch, "uptimeBps" | "down">): "good" | "fair" | "poor" {
  if (down || uptimeBps < 9_500) return "poor";
  return uptimeBps >= 9_900 ? "good" : "fair";
}

/** Mean of the epochs in basis points; undefined without any. */
export function meanBps(epochs: readonly Pick<ReportedEpoch, "uptimeBps">[]): number | undefined {
  if (epochs.length === 0) return undefined;
  return Math.floor(epochs.reduce((sum, { uptimeBps }) => sum + uptimeBps, 0) / epochs.length);
}
