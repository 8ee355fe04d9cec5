import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { NonceManager, type TransactionRequest } from "ethers";
import { local } from "../../scripts/deploy/config.ts";
import { deploy } from "../../scripts/deploy/deploy.ts";
import { ethers } from "../fixtures/system.ts";

/** A deployer whose connection breaks before transaction number `count`. */
class Unlucky extends NonceManager {
  left: number;
  constructor(signer: ConstructorParameters<typeof NonceManager>[0], count: number) {
    super(signer);
    this.left = count;
  }
  override async sendTransaction(transaction: TransactionRequest) {
    if (this.left-- === 0) throw new Error("connection lost");
    return super.sendTransaction(transaction);
  }
}

describe("deploy", () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "tburn-deploy-"));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  describe("given it was interrupted before any of its transactions", () => {
    it("resumes where it stopped, deploying nothing twice", async () => {
      const [, signer] = await ethers.getSigners();
      if (!signer) throw new Error("no signer");
      const statePath = join(dir, "state.json");
      const recordPath = join(dir, "record.json");
      const before = await ethers.provider.getTransactionCount(signer);
      await deploy({ signer: new NonceManager(signer), config: local });
      const whole = (await ethers.provider.getTransactionCount(signer)) - before;

      for (let survived = 1; survived < whole; survived += 3) {
        const begun = await ethers.provider.getTransactionCount(signer);
        const run = deploy({ signer: new Unlucky(signer, survived), config: local, statePath, recordPath });
        await run.then(
          () => expect.fail("the interruption was survived"),
          (error: Error) => expect(error.message).to.equal("connection lost"),
        );
        const record = await deploy({ signer: new NonceManager(signer), config: local, statePath, recordPath });
        const sent = (await ethers.provider.getTransactionCount(signer)) - begun;
        // A proxy whose implementation stands alone is begun again: one transaction more at the most.
        expect(sent).to.be.within(whole, whole + 1);
        expect(JSON.parse(readFileSync(recordPath, "utf8"))).to.deep.equal(record);
        rmSync(statePath);
      }
    });
  });

  describe("given a dry run", () => {
    it("sends nothing and names each act", async () => {
      const [, signer] = await ethers.getSigners();
      if (!signer) throw new Error("no signer");
      const before = await ethers.provider.getTransactionCount(signer);
      const said: string[] = [];
      const record = await deploy({ signer, config: local, dryRun: true, say: (line) => said.push(line) });
      expect(record).to.equal(undefined);
      expect(await ethers.provider.getTransactionCount(signer)).to.equal(before);
      expect(said).to.include(
        'would call StakingCore.connect(<RewardVault>, <StakeVotes>, <ProtocolPause>, ["<SlashingManager>","<TBurnGovernor>"])',
      );
      expect(said.every((line) => line.startsWith("would "))).to.equal(true);
    });
  });
});
