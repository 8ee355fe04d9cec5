import { ethers as lib } from "ethers";
import {
  accused,
  atDeadline,
  commitmentOf,
  doubleSign,
  EVIDENCE,
  Kind,
  SALT,
  STATEMENT,
  Verdict,
} from "../../test/fixtures/double-sign.ts";
import { networkHelpers, tburn } from "../../test/fixtures/system.ts";
import { gasOf } from "./receipt.ts";

/** Gas of slashing cases, from evidence to their end. */
export async function cases(): Promise<Record<string, number>> {
  const s = await accused();
  await s.token.approve(s.insurance, lib.MaxUint256);
  await s.insurance.fund(tburn(100_000));
  const e = await doubleSign(s, s.key);
  await s.slashing.connect(s.erin).commitReport(await commitmentOf(s, e, s.erin.address));
  const submit = await gasOf(async () => s.slashing.connect(s.erin).submitDoubleSign(e, SALT));
  const tau = await networkHelpers.time.latest();
  const committee = s.slashing.connect(s.dave);
  const propose = await gasOf(async () => committee.proposeSlash(s.bobsId, Kind.SecurityBreach, tau, 1, EVIDENCE));
  await s.slashing.connect(s.bob).appeal(2, STATEMENT);
  const overturn = await gasOf(async () => s.slashing.decide(2, Verdict.Overturn, 0));
  await atDeadline(s, 1n, "appealBy");
  return {
    "submit a double sign": submit,
    "open a discretionary case": propose,
    "overturn a case": overturn,
    "execute a case, no cohort": await gasOf(async () => s.slashing.execute(1)),
  };
}
