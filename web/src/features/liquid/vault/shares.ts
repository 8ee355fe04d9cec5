/** sTBURN has six decimals more than TBURN, so that nobody can inflate the price of the first shares. */
const EXTRA = 10n ** 6n;

/** One sTBURN in the vault's base units. */
export const ONE_SHARE = 10n ** 24n;

/** Shares in 18 decimals, as amounts are shown and typed; what lies below is left out. */
export const toShown = (shares: bigint) => shares / EXTRA;

/** Shares that a typed amount means; typing all that is shown means all that is held. */
export const fromShown = (shown: bigint, held: bigint) => (shown === toShown(held) ? held : shown * EXTRA);

/** Tokens that `shares` are worth, as the vault counts them. */
export const worthOf = (shares: bigint, totalAssets: bigint, totalSupply: bigint) =>
  (shares * (totalAssets + 1n)) / (totalSupply + EXTRA);
