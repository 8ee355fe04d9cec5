import { type Hex, keccak256, toHex, toRlp, zeroHash } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { expect, it } from "vitest";
import { committedSealers, headerRlp, isWhole, type RawBlock } from "./headers.ts";

const vanity = toHex("tburn", { size: 32 });
const validators = [1, 2, 3].map((n) => privateKeyToAccount(toHex(n, { size: 32 })));

/** A header that names every field of the last forks. */
const header = (extraData: Hex): RawBlock => ({
  parentHash: keccak256("0x01"),
  sha3Uncles: keccak256("0x02"),
  miner: "0x1111111111111111111111111111111111111111",
  stateRoot: keccak256("0x03"),
  transactionsRoot: keccak256("0x04"),
  receiptsRoot: keccak256("0x05"),
  logsBloom: `0x${"00".repeat(256)}`,
  difficulty: "0x0",
  number: "0x64",
  gasLimit: "0x1c9c380",
  gasUsed: "0x5208",
  timestamp: "0x6b49d200",
  extraData,
  mixHash: zeroHash,
  nonce: "0x0000000000000000",
  baseFeePerGas: "0x7",
  withdrawalsRoot: keccak256("0x06"),
  hash: zeroHash,
});

const qbft = (seals: Hex[]) => toRlp([vanity, validators.map(({ address }) => address), "0x", "0x", seals]);

it("knows a header whose fields give its hash, and one whose fields do not", () => {
  const block = header("0x");
  const whole = { ...block, hash: keccak256(headerRlp(block)) };
  expect([isWhole(whole), isWhole({ ...whole, gasUsed: "0x5209" })]).toEqual([true, false]);
});

it("finds who sealed a block of a QBFT chain", async () => {
  const hash = keccak256(headerRlp(header(qbft([]))));
  const seals = await Promise.all(validators.slice(0, 2).map((one) => one.sign({ hash })));
  const sealers = await committedSealers(header(qbft(seals)));
  expect(sealers).toEqual(validators.slice(0, 2).map(({ address }) => address));
});

it("finds nobody where the extra data is anything else", async () => {
  for (const extraData of ["0x", vanity, toRlp([vanity]), qbft([])] as Hex[])
    expect(await committedSealers(header(extraData))).toBeUndefined();
});
