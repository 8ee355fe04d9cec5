import { ethers as lib } from "ethers";
import { domain, ethers, networkHelpers, type System, tburn } from "../../test/fixtures/system.ts";
import { attestationTypes } from "../local/system.ts";

const batch = 20;
/** Given, so that nobody estimates a thousand times. */
const gasLimit = 400_000;

/** Adds `count` delegators of 100 TBURN each to `validatorId`. */
export async function crowd(s: System, validatorId: bigint, count: number): Promise<void> {
  const contract = await ethers.deployContract("Crowd__Mock");
  const from = await contract.getAddress();
  await s.token.connect(s.deployer).transfer(contract, tburn(200 * count));
  const signing = await domain(s, "KycRegistry");
  const issuedAt = await networkHelpers.time.latest();
  for (let first = 0; first < count; first += batch) {
    const end = Math.min(count, first + batch);
    await contract.getFunction("gather")(end - first, s.members, s.token, s.core, tburn(200));
    for (let n = first; n < end; n++) {
      const account = lib.getCreateAddress({ from, nonce: n + 1 });
      const memberId = lib.keccak256(lib.AbiCoder.defaultAbiCoder().encode(["address", "uint256"], [account, 0]));
      const validUntil = issuedAt + 86_400 * 365;
      const message = { memberId, account, level: 1, issuedAt, validUntil, commitment: lib.id(account), nonce: 0 };
      const signature = await s.deployer.signTypedData(signing, attestationTypes, message);
      await s.kyc.attest(message, s.deployer.address, signature, { gasLimit });
    }
    await contract.getFunction("delegate")(first, end, s.core, validatorId, tburn(100));
  }
}
