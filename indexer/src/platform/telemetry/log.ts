import { pino } from "pino";

/** Writes one JSON line per message; never given personal data. */
export type Log = ReturnType<typeof openLog>;

export const openLog = (level: string) =>
  pino({ level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` });
