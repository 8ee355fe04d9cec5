import type { System } from "../fixtures/system.ts";
import type { Model } from "./model.ts";

interface Tokens {
  tokens: bigint;
  shares: bigint;
  gen: bigint;
}

/** The contracts' own whole numbers after an act, for all that the model knows. */
export interface Snapshot {
  stakes: Map<bigint, { self: bigint; del: Tokens; keep: bigint; nPos: bigint }>;
  cohorts: Map<string, { del: Tokens; self_: Tokens; redel: Tokens; maturesAt: bigint; tollAt: bigint; keep: bigint }>;
  positions: Map<bigint, { shares: bigint; lien: bigint; value: bigint; pending: bigint }>;
  requests: Map<bigint, bigint>;
  liens: Map<bigint, bigint>;
  earnings: Map<bigint, { commission: bigint; own: bigint }>;
  balance: { core: bigint; vault: bigint; slasher: bigint; supply: bigint; uncredited: bigint; totalStake: bigint };
}

export const cohortKey = (validator: bigint, day: number) => `${validator}:${day}`;

/** Days that still hold something: unmatured, or with requests that nobody claimed. */
function openDays(model: Model): { validator: bigint; day: number }[] {
  const waiting = new Set([...model.requests.values()].map(({ validator, day }) => cohortKey(validator, day)));
  for (const { source, day } of model.liens.values()) waiting.add(cohortKey(source, day));
  return [...model.validators].flatMap(([validator, v]) =>
    [...v.cohorts.keys()]
      .filter((day) => waiting.has(cohortKey(validator, day)) || model.clock.now < model.maturity(v, day))
      .map((day) => ({ validator, day })),
  );
}

async function table<K, T>(keys: Iterable<K>, read: (key: K) => Promise<T>): Promise<Map<K, T>> {
  return new Map(await Promise.all([...keys].map(async (key) => [key, await read(key)] as const)));
}

/** Positions that hold or are owed something. */
function livePositions(model: Model): bigint[] {
  return [...model.positions]
    .filter(([id, { isOpen, validator }]) => isOpen || model.validator(validator).earnings.pending.has(id))
    .map(([id]) => id);
}

async function balances({ core, vault, token, deployer }: System): Promise<Snapshot["balance"]> {
  const [inCore, inVault, slasher, supply, uncredited, totalStake] = await Promise.all([
    token.balanceOf(core),
    token.balanceOf(vault),
    token.balanceOf(deployer.address),
    token.totalSupply(),
    vault.uncredited(),
    core.totalStake(),
  ]);
  return { core: inCore, vault: inVault, slasher, supply, uncredited, totalStake };
}

export async function look(s: System, model: Model): Promise<Snapshot> {
  const { core, vault } = s;
  const days = new Map(openDays(model).map((one) => [cohortKey(one.validator, one.day), one]));
  const [stakes, cohorts, positions, requests, liens, earnings, balance] = await Promise.all([
    table(model.validators.keys(), (id) => core.validatorStake(id)),
    table(days.keys(), (key) => {
      const { validator = 0n, day = 0 } = days.get(key) ?? {};
      return core.cohort(validator, day);
    }),
    table(livePositions(model), async (id) => {
      const [{ shares, lien }, value, pending] = await Promise.all([
        core.position(id),
        core.positionValue(id),
        core.pendingRewards(id),
      ]);
      return { shares, lien, value, pending };
    }),
    table(model.requests.keys(), (id) => core.requestValue(id)),
    table(model.liens.keys(), (id) => core.lienOwed(id)),
    table(model.validators.keys(), async (id) => {
      const [commission, own] = await vault.commissionOf(id);
      return { commission, own };
    }),
    balances(s),
  ]);
  return { stakes, cohorts, positions, requests, liens, earnings, balance };
}
