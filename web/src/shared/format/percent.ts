/** Reads a percentage with at most two decimals (`5.25`, `5.25 %`) as basis points. */
export function parseBps(written: string): number | undefined {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?\s*%?$/.exec(written.trim());
  if (!match) return undefined;
  const bps = Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
  return bps <= 10_000 ? bps : undefined;
}

export const writtenBps = (bps: number) => String(bps / 100);
