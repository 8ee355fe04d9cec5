import { ethers as lib } from "ethers";
import { attest, DAY, networkHelpers, type System, staked, tburn, UNBONDING, validatorOf } from "../fixtures/system.ts";

/** Two validators (alice's and erin's, 100,000 own each), the vault a member with KYC, bob and carol ready to deposit. */
export async function liquidity() {
  const s = await staked();
  const second = await validatorOf(s, s.erin);
  const operator = s.liquid.connect(s.deployer);
  await operator.join(lib.id("vault"));
  await attest(s, { address: await s.liquid.getAddress() } as System["bob"], 1);
  for (const id of [s.validatorId, second]) await operator.setValidator(id, true);
  for (const wallet of [s.bob, s.carol]) await s.token.connect(wallet).approve(s.liquid, lib.MaxUint256);
  return { ...s, second, operator };
}

export type Liquidity = Awaited<ReturnType<typeof liquidity>>;

/** Bob deposited 10,000, of which 6,000 and 3,000 are with the validators and 1,000 idle. */
export async function invested() {
  const s = await liquidity();
  await s.liquid.connect(s.bob).deposit(tburn(10_000), s.bob);
  await s.operator.allocate(s.validatorId, tburn(6_000), 0);
  await s.operator.allocate(s.second, tburn(3_000), 0);
  return s;
}

/** Requests a redemption and returns its day. */
export async function requested(s: Liquidity, wallet: System["bob"], shares: bigint) {
  const vault = s.liquid.connect(wallet);
  await vault.requestRedeem(shares, wallet, wallet);
  return s.core.dayOf(await networkHelpers.time.latest());
}

/** Exits at the core that belong to the vault, up to `last`. */
export async function exitsOf(s: Liquidity, last = 200) {
  const found: number[] = [];
  for (let id = 1; id <= last; id++) if ((await s.liquid.exit(id)).tokens !== 0n) found.push(id);
  return found;
}

/** Lets all exits mature and takes them in. */
export async function settled(s: Liquidity) {
  await networkHelpers.time.increase(UNBONDING + 2 * DAY);
  await s.liquid.collect(await exitsOf(s));
}

/** Goes to the first second of a day, so that what follows lies in one day. */
export async function morning(s: Liquidity) {
  const day = await s.core.dayOf(await networkHelpers.time.latest());
  await networkHelpers.time.increaseTo((day + 1n) * BigInt(DAY));
}
