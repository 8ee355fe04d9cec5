// hardhat.config.ts of the copy in which coverage is measured: contracts that tell which statements they reach are longer
// and dearer.
import { defineConfig } from "hardhat/config";
import usual from "../../hardhat.config.ts";

const simulated = usual.networks?.default;
if (simulated?.type !== "edr-simulated") throw new Error("hardhat.config.ts simulates no network by default any more");

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
    default: { ...simulated, gas: 100_000_000 },
  },
});
