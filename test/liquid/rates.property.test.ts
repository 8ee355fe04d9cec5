import { expect } from "chai";
import { dice } from "../fixtures/dice.ts";
import { credit, DAY, given, networkHelpers, slash, tburn, WAD } from "../fixtures/system.ts";
import { exitsOf, invested, type Liquidity, requested, settled } from "./liquidity.ts";

const price = async (s: Liquidity) => s.liquid.convertToAssets(10n ** 30n);

/** Tokens of the vault are in its books, and its books hold no more than it has. */
async function solvent(s: Liquidity) {
  const held = await s.token.balanceOf(s.liquid);
  expect(held >= (await s.liquid.idle()) + (await s.liquid.reserved())).to.equal(true);
}

describe("Invariant 29: the liquid vault's price and rates", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    it(`ignores transfers, falls only by slashes, and pays each day at one rate (seed ${seed})`, async () => {
      const s = await given(invested);
      await s.liquid.connect(s.carol).deposit(tburn(5_000), s.carol);
      const roll = dice(seed);
      const wallets = [s.bob, s.carol];
      let keep = WAD;
      const pick = <T>(list: T[]): T => list[roll(list.length)] as T;

      const acts: { falls?: boolean; act: () => Promise<unknown> }[] = [
        { act: async () => s.token.connect(s.deployer).transfer(s.liquid, tburn(1 + roll(5_000))) },
        { act: async () => s.liquid.connect(pick(wallets)).deposit(tburn(1 + roll(500)), pick(wallets)) },
        {
          act: async () => {
            const w = pick(wallets);
            const held = await s.liquid.balanceOf(w);
            if (held > 0n) await requested(s, w, held / BigInt(2 + roll(6)));
          },
        },
        {
          act: async () => {
            const idle = await s.liquid.idle();
            if (idle > tburn(300)) await s.operator.allocate(pick([s.validatorId, s.second]), idle / 2n, 0);
          },
        },
        {
          act: async () => {
            const a = pick([...(await s.liquid.allocations())]);
            if (a.positionId !== 0n && (await s.core.positionValue(a.positionId)) > tburn(400))
              await s.operator.deallocate(a.positionId, tburn(100), 0);
          },
        },
        { act: async () => credit(s, pick([s.validatorId, s.second]), tburn(100)) },
        { act: async () => s.liquid.harvest() },
        {
          falls: true,
          act: async () => {
            keep = (keep * 97n) / 100n;
            await slash(s, pick([s.validatorId, s.second]), keep);
          },
        },
        { act: async () => networkHelpers.time.increase(DAY) },
      ];

      for (let step = 0; step < 40; step++) {
        const before = await price(s);
        const { falls, act } = pick(acts);
        await act();
        const after = await price(s);
        // A share costs 1e-6 of a base unit at first; the tolerance is a few units of all that was rounded.
        if (!falls) expect(after + 10_000n >= before, `step ${step}: ${before} → ${after}`).to.equal(true);
        await solvent(s);
      }
      await settled(s);
      expect(await exitsOf(s, 200)).to.deep.equal([]);

      for (const day of new Set((await Promise.all(wallets.map((w) => s.liquid.requestDays(w)))).flat())) {
        const pot = await s.liquid.dayPot(day);
        for (const w of wallets) {
          const shares = await s.liquid.claimableRedeemRequest(day, w);
          if (shares === 0n) continue;
          const paid = await s.liquid.connect(w).redeemRequest.staticCall(day, w, w);
          expect(paid).to.equal((shares * pot.assets) / pot.shares);
          await s.liquid.connect(w).redeemRequest(day, w, w);
        }
      }
      expect(await s.liquid.reserved()).to.be.lessThan(100n);
      await solvent(s);
    });
  }

  it("is not moved by a transfer, whatever its size", async () => {
    const s = await given(invested);
    const before = await price(s);
    await s.token.connect(s.deployer).transfer(s.liquid, tburn(10_000_000));
    expect(await price(s)).to.equal(before);
    await s.liquid.harvest();
    expect(await price(s)).to.equal(before);
  });
});
