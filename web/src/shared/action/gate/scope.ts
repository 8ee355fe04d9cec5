/** What a guardian may stop, in the order of `IProtocolPause.Scope`. */
export const scopes = ["entry", "redelegation", "rewards", "slashing", "exit", "claim"] as const;
export type Scope = (typeof scopes)[number];

/** A stop in force. */
export interface Pause {
  scope: Scope;
  /** Unix seconds; it ends by itself. */
  until: number;
}

/** The stop among `asked` that lasts longest. @param pausedUntil Unix seconds by scope, in the order of `scopes`. */
export function pauseOf(asked: readonly Scope[], pausedUntil: readonly number[], now: number): Pause | undefined {
  return asked
    .map((scope) => ({ scope, until: pausedUntil[scopes.indexOf(scope)] ?? 0 }))
    .filter(({ until }) => until > now)
    .sort((a, b) => b.until - a.until)[0];
}
