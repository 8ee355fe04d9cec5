import { worthOf } from "../staking/service.ts";
import type { ChainPosition } from "./repository/mirror.ts";

/** A pool of the mirror, in numbers. */
export const poolOf = (of: { poolTokens: string; poolShares: string; poolGen: number }) => ({
  tokens: BigInt(of.poolTokens),
  shares: BigInt(of.poolShares),
  gen: of.poolGen,
});

/** What a position is worth now, base units. */
export const worth = (p: ChainPosition): bigint => worthOf(poolOf(p), { shares: BigInt(p.shares), gen: p.gen });
