import type { Deployment } from "@tburn/deployments";
import { attestationDomain, attestationTypes as types } from "@tburn/deployments/kyc-attestation";
import { ethers } from "ethers";
import type {
  KycRegistry,
  LiquidStakingVault,
  MemberRegistry,
  PerformanceOracle,
  RewardVault,
  SlashingManager,
  StakeVotes,
  StakingCore,
  SuspensionManager,
  TBurnGovernor,
  TBurnToken,
  TierEngine,
  TimelockController,
  ValidatorRegistry,
} from "../../types/index.ts";
import { artifact } from "../deploy/deployer.ts";
import { mined } from "../deploy/mined.ts";

/** The contracts of a deployment, read and written with `runner`'s key. */
export function system(record: Deployment, runner: ethers.ContractRunner) {
  const at = <T>(name: keyof Deployment["contracts"]) =>
    new ethers.Contract(record.contracts[name].address, artifact(name).abi, runner) as unknown as T;
  return {
    token: at<TBurnToken>("TBurnToken"),
    members: at<MemberRegistry>("MemberRegistry"),
    kyc: at<KycRegistry>("KycRegistry"),
    validators: at<ValidatorRegistry>("ValidatorRegistry"),
    core: at<StakingCore>("StakingCore"),
    vault: at<RewardVault>("RewardVault"),
    tiers: at<TierEngine>("TierEngine"),
    oracle: at<PerformanceOracle>("PerformanceOracle"),
    slashing: at<SlashingManager>("SlashingManager"),
    suspensions: at<SuspensionManager>("SuspensionManager"),
    votes: at<StakeVotes>("StakeVotes"),
    governor: at<TBurnGovernor>("TBurnGovernor"),
    timelock: at<TimelockController>("TimelockController"),
    liquid: at<LiquidStakingVault>("LiquidStakingVault"),
  };
}

export type System = ReturnType<typeof system>;

/** EIP-712 types of a KYC attestation, as ethers takes them. */
export const attestationTypes = { KycAttestation: [...types.KycAttestation] };

/** Attests `level` to a member's wallet with the demo attester's key, valid for a year. */
export async function demoAttest(
  record: Deployment,
  attester: ethers.Signer,
  wallet: string,
  level: number,
): Promise<string> {
  const { members, kyc } = system(record, attester);
  const memberNo = await members.memberNoOf(wallet);
  if (memberNo === 0n) throw new Error("MEMBER_UNKNOWN");
  const block = await attester.provider?.getBlock("latest");
  const issuedAt = block?.timestamp ?? 0;
  const message = {
    memberId: (await members.member(memberNo)).memberId,
    account: wallet,
    level,
    issuedAt,
    validUntil: issuedAt + 365 * 86_400,
    commitment: ethers.keccak256(ethers.randomBytes(32)),
    nonce: await kyc.nonces(memberNo),
  };
  const { chainId, contracts } = record;
  const domain = { ...attestationDomain, chainId, verifyingContract: contracts.KycRegistry.address };
  const signature = await attester.signTypedData(domain, attestationTypes, message);
  const sent = await kyc.attest(message, await attester.getAddress(), signature);
  await mined(sent);
  return sent.hash;
}

const possessionTypes = {
  KeyPossession: [
    { name: "memberNo", type: "uint64" },
    { name: "keyHash", type: "bytes32" },
  ],
};

/** Proof that `key` agrees to serve the validator of `memberNo`. */
export function possession(record: Deployment, key: ethers.BaseWallet, memberNo: bigint): Promise<string> {
  const domain = {
    name: "TBURN ValidatorRegistry",
    version: "1",
    chainId: record.chainId,
    verifyingContract: record.contracts.ValidatorRegistry.address,
  };
  return key.signTypedData(domain, possessionTypes, { memberNo, keyHash: ethers.keccak256(key.address) });
}
