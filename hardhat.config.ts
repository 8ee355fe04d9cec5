import { fileURLToPath } from "node:url";
import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { defineConfig } from "hardhat/config";

const soljson = fileURLToPath(new URL("./node_modules/solc/soljson.js", import.meta.url));
const solc = {
  version: "0.8.37",
  path: soljson,
  settings: { evmVersion: "osaka", optimizer: { enabled: true, runs: 100 } },
};

export default defineConfig({
  plugins: [toolbox],
  solidity: {
    npmFilesToBuild: [
      "@openzeppelin/contracts/access/manager/AccessManager.sol",
      "@openzeppelin/contracts/governance/TimelockController.sol",
      "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol",
    ],
    profiles: { default: solc, production: solc },
  },
  paths: { tests: { mocha: "test", solidity: "test/invariants" } },
  typechain: { outDir: "types" },
  test: {
    mocha: { timeout: 120_000 },
    solidity: {
      profiles: {
        default: {
          fuzz: { runs: 256, seed: "0x1" },
          invariant: { runs: 128, depth: 100, failOnRevert: true },
        },
      },
    },
  },
  networks: {
    default: {
      type: "edr-simulated",
      chainType: "l1",
      hardfork: "osaka",
      chainId: 31337,
      allowBlocksWithSameTimestamp: true,
      // Fixed, because an estimate is made in the second of the block before: a checkpoint of the votes, which costs
      // more in a new second, would then run out of gas.
      gas: 16_000_000,
    },
    localhost: { type: "http", chainType: "l1", url: "http://127.0.0.1:8545" },
  },
});
