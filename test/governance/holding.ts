import { delegation, staked, tburn } from "../fixtures/system.ts";

/** Alice validates with 100,000 own; bob delegates 1,000 to her. */
export async function holding() {
  const s = await staked();
  const position = await delegation(s, s.bob, s.validatorId, tburn(1_000));
  const bobNo = await s.members.memberNoOf(s.bob.address);
  const aliceNo = await s.members.memberNoOf(s.alice.address);
  return { ...s, position, bobNo, aliceNo };
}
