// hardhat.config.ts of the copy in which coverage is measured: contracts that tell which statements they reach are longer
// and dearer.
import { defineConfig } from "hardhat/config";
import usual from "../../hardhat.config.ts";

export default defineConfig({
  ...usual,
  coverage: { skipFiles: ["contracts/mocks/**"] },
  test: {
    mocha: { timeout: 1_200_000 },
    solidity: {
      profiles: {
        default: {
          fuzz: { runs: 64, seed: "0x1" },
          invariant: { runs: 16, depth: 200, failOnRevert: true },
        },
      },
    },
  },
  networks: {
    ...usual.networks,
    default: { ...usual.networks?.default, type: "edr-simulated", gas: 100_000_000 },
  },
});
