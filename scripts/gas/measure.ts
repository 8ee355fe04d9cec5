import { ethers as lib } from "ethers";
import { artifacts } from "hardhat";
import {
  attest,
  credit,
  DAY,
  delegation,
  deployedWith,
  ethers,
  join,
  mature,
  networkHelpers,
  params,
  possession,
  type System,
  slash,
  tburn,
  validatorOf,
} from "../../test/fixtures/system.ts";
import { local } from "../deploy/config.ts";
import { cases } from "./cases.ts";
import { crowd } from "./crowd.ts";
import { decisions } from "./decisions.ts";
import { gasOf } from "./receipt.ts";

type Figures = Record<string, number>;

/** Begins a new day: what is measured on one must not happen on two, for each has a cohort of its own. */
async function morning() {
  const now = await networkHelpers.time.latest();
  await networkHelpers.time.increaseTo((Math.floor(now / DAY) + 1) * DAY);
}

async function stage() {
  const parameters = { ...local.parameters, unbondingSeconds: 28 * DAY };
  const s = await deployedWith({ parameters, epochBudget: "100000" });
  const src = await validatorOf(s, s.alice, { self: tburn(600_000) });
  const dst = await validatorOf(s, s.erin, { self: tburn(600_000) });
  for (const wallet of [s.bob, s.carol, s.dave]) await join(s, wallet);
  return { ...s, src, dst, bobs: s.core.connect(s.bob), alices: s.core.connect(s.alice) };
}
type Stage = Awaited<ReturnType<typeof stage>>;

async function delegating(s: Stage): Promise<Figures> {
  await delegation(s, s.carol, s.src, tburn(1000));
  const first = await gasOf(async () => s.bobs.delegate(s.src, tburn(5000), 0));
  const topUp = await gasOf(async () => s.bobs.delegate(s.src, tburn(1000), 0));
  await s.token.connect(s.dave).approve(s.core, 0);
  const permit = await permitFor(s, s.dave, tburn(1000));
  const withPermit = await gasOf(async () => s.core.connect(s.dave).delegateWithPermit(s.src, tburn(1000), 0, permit));
  await s.token.connect(s.dave).approve(s.core, lib.MaxUint256);
  return { "delegate, first": first, "delegate, top-up": topUp, "delegate with permit, first": withPermit };
}

async function permitFor(s: System, wallet: System["dave"], value: bigint) {
  const token = await s.token.getAddress();
  const types = {
    Permit: ["owner", "spender"]
      .map((name) => ({ name, type: "address" }))
      .concat(["value", "nonce", "deadline"].map((name) => ({ name, type: "uint256" }))),
  };
  const domain = { name: "TBURN", version: "1", chainId: s.record.chainId, verifyingContract: token };
  const nonce = await s.token.nonces(wallet.address);
  const message = { owner: wallet.address, spender: await s.core.getAddress(), value, nonce, deadline: 2n ** 40n };
  const { v, r, s: half } = lib.Signature.from(await wallet.signTypedData(domain, types, message));
  return { value, deadline: message.deadline, v, r, s: half };
}

async function rewards(s: Stage): Promise<Figures> {
  await credit(s, s.src, tburn(1000));
  const positionId = await s.core.positionOf(await s.members.memberNoOf(s.bob.address), s.src);
  const compound = await gasOf(async () => s.vault.connect(s.bob).compound(positionId, 0));
  await s.token.connect(s.deployer).approve(s.vault, tburn(10_000));
  await s.vault.fund(tburn(10_000));
  const pay = async (ids: bigint[]) => {
    await networkHelpers.time.increase(local.parameters.epochSeconds);
    const credits = ids.map((validatorId) => ({ validatorId, amount: tburn(100) }));
    return gasOf(async () => s.vault.creditEpoch(await s.vault.currentEpoch(), credits));
  };
  await delegation(s, s.carol, s.dst, tburn(1000));
  await pay([s.src, s.dst]);
  const [one, two] = [await pay([s.src]), await pay([s.src, s.dst])];
  return {
    compound: compound,
    "credit, first validator": one,
    "credit, each further validator": two - one,
    "claim rewards, one position": await gasOf(async () => s.vault.claimRewards([positionId])),
    "claim commission": await gasOf(async () => s.vault.claimCommission(s.src)),
  };
}

async function leaving(s: Stage): Promise<Figures> {
  const carol = await s.members.memberNoOf(s.carol.address);
  const positionId = await s.core.positionOf(await s.members.memberNoOf(s.bob.address), s.src);
  await morning();
  const part = await gasOf(async () => s.bobs.undelegate(positionId, tburn(1000), 0));
  const whole = await gasOf(async () => s.bobs.undelegate(positionId, (await s.core.position(positionId)).shares, 0));
  const moved = await s.core.positionOf(carol, s.src);
  const redelegate = await gasOf(async () => s.core.connect(s.carol).redelegate(moved, s.dst, 0));
  const newId = (await s.core.queryFilter(s.core.filters.Redelegated(moved))).at(-1)?.args.newPositionId ?? 0n;
  await slash(s, s.src, (lib.WeiPerEther * 99n) / 100n);
  await mature();
  await networkHelpers.time.increase(28 * DAY);
  return {
    "undelegate, first of the day": part,
    "undelegate, whole position": whole,
    redelegate,
    "settle a lien that burns": await gasOf(async () => s.core.settleLien(newId)),
    "claim, one request": await gasOf(async () => s.core.claim([1])),
    "claim, last of a cohort": await gasOf(async () => s.core.claim([2])),
  };
}

async function running(s: Stage): Promise<Figures> {
  const [, , , , , , , newcomer] = await ethers.getSigners();
  if (!newcomer) throw new Error("too few signers");
  const register = await gasOf(async () => s.members.connect(newcomer).register(lib.id("salt")));
  const attestation = attest(s, newcomer, 2).then(async () => {
    const [event] = (await s.kyc.queryFilter(s.kyc.filters.KycAttested())).slice(-1);
    return Number((await event?.getTransactionReceipt())?.gasUsed);
  });
  const kyc = await attestation;
  const key = lib.Wallet.createRandom();
  const memberNo = await s.members.memberNoOf(newcomer.address);
  const proof = await possession(s, key, memberNo);
  const validator = await gasOf(async () => s.validators.connect(newcomer).register(params(key), proof));
  const mine = s.validators.connect(s.erin);
  await mine.declareCommission(s.dst, 300);
  const declare = await gasOf(async () => mine.declareCommission(s.dst, 500));
  await networkHelpers.time.increase(local.parameters.commissionDelaySeconds);
  const execute = await gasOf(async () => s.validators.executeCommission(s.dst));
  await mine.deactivate(s.dst);
  return {
    "register member": register,
    "kyc attest, first": kyc,
    "register validator": validator,
    "declare commission": declare,
    "execute commission": execute,
    activate: await gasOf(async () => mine.activate(s.dst, 0)),
    "deposit own stake": await gasOf(async () => s.alices.depositSelf(s.src, tburn(100))),
    "request own exit": await gasOf(async () => s.alices.requestSelfExit(s.src, tburn(100))),
    "open a case": await gasOf(async () => s.core.openCase(s.src)),
  };
}

async function slashing(cohorts: number): Promise<number> {
  const s = await stage();
  const positionId = await delegation(s, s.bob, s.src, tburn(100_000));
  for (let n = 0; n < cohorts; n++) {
    await morning();
    await s.bobs.undelegate(positionId, tburn(200), 0);
    await s.alices.requestSelfExit(s.src, tburn(200));
  }
  const tau = (await networkHelpers.time.latest()) - (cohorts - 1) * DAY;
  return gasOf(async () => s.core.slash(s.src, tau, (lib.WeiPerEther * 95n) / 100n, 0));
}

/** Gas of each operation. */
export async function operations(): Promise<Figures> {
  const s = await stage();
  return {
    ...(await delegating(s)),
    ...(await rewards(s)),
    ...(await leaving(s)),
    ...(await running(s)),
    "slash, 3 cohorts": await slashing(3),
    "slash, 29 cohorts": await slashing(29),
    ...(await cases()),
    ...(await decisions()),
  };
}

/** The same four operations at a validator with one delegator, and with a thousand (protocol §8.24). */
export async function crowded(): Promise<Record<string, { one: number; thousand: number }>> {
  const s = await stage();
  await delegation(s, s.carol, s.src, tburn(1000));
  const round = async () => {
    await morning();
    const figures: Figures = { delegate: await gasOf(async () => s.bobs.delegate(s.src, tburn(1000), 0)) };
    const positionId = await s.core.positionOf(await s.members.memberNoOf(s.bob.address), s.src);
    figures.undelegate = await gasOf(async () => s.bobs.undelegate(positionId, tburn(500), 0));
    figures.slash = await gasOf(async () =>
      s.core.slash(
        s.src,
        await networkHelpers.time.latest(),
        (await s.core.validatorStake(s.src)).keep - 10n ** 16n,
        0,
      ),
    );
    await networkHelpers.time.increase(30 * DAY);
    const requestId = (await s.core.queryFilter(s.core.filters.TokensUnstaked())).at(-1)?.args.requestId ?? 0n;
    figures.claim = await gasOf(async () => s.core.claim([requestId]));
    return figures;
  };
  await round();
  const one = await round();
  await crowd(s, s.src, 1000);
  const thousand = await round();
  return Object.fromEntries(
    Object.keys(one).map((name) => [name, { one: one[name] ?? 0, thousand: thousand[name] ?? 0 }]),
  );
}

const contracts = [
  "TBurnToken",
  "MemberRegistry",
  "KycRegistry",
  "ValidatorRegistry",
  "StakingCore",
  "RewardVault",
  "SlashingManager",
  "InsuranceFund",
  "AuditAnchor",
];

/** Bytes of each contract's code on chain; the EVM takes 24,576 at most. */
export async function codeSizes(): Promise<Figures> {
  const sizes: Figures = {};
  for (const name of contracts) {
    const { deployedBytecode } = await artifacts.readArtifact(name);
    sizes[name] = (deployedBytecode.length - 2) / 2;
  }
  return sizes;
}
