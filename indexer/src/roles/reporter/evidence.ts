import { randomBytes } from "node:crypto";
import { encodeAbiParameters, type Hex, keccak256, toHex } from "viem";
import type { Sql } from "../../platform/db/pool.ts";
import type { Log } from "../../platform/telemetry/log.ts";
import type { ReporterChain } from "./chain.ts";
import { headerRlp, isWhole } from "./headers.ts";
import { contradicting, keepVote } from "./repository.ts";
import { conflict, isSigned, keyHashOf, type SignedVote, type VoteDomain } from "./votes.ts";

interface KeyRecord {
  validatorId: number;
}

const struct = (vote: SignedVote, chainId: number) => ({
  chainId: BigInt(chainId),
  height: vote.height,
  round: vote.round,
  step: vote.step,
  blockHash: vote.blockHash,
});

/** Why a vote was not taken. */
export type Refusal = "UNKNOWN_KEY" | "BAD_SIGNATURE";

/** Takes signed votes in; two that contradict each other become evidence on chain. */
export class Watcher {
  readonly #chain: ReporterChain;
  readonly #sql: Sql;
  readonly #log: Log;
  readonly #domain: VoteDomain;
  readonly #keys = new Map<Hex, number>();
  readonly #pending: [SignedVote, SignedVote][] = [];

  constructor(chain: ReporterChain, sql: Sql, log: Log, chainId: number) {
    this.#chain = chain;
    this.#sql = sql;
    this.#log = log;
    this.#domain = { chainId, slashingManager: chain.addressOf("SlashingManager") };
  }

  /** Checks and keeps a vote. @returns why it was refused; undefined if it counts */
  async take(vote: SignedVote): Promise<Refusal | undefined> {
    if (!(await this.#validatorOf(vote.key))) return "UNKNOWN_KEY";
    if (!(await isSigned(vote, this.#domain))) return "BAD_SIGNATURE";
    if (!(await keepVote(this.#sql, vote))) return undefined;
    for (const other of await contradicting(this.#sql, vote)) {
      if (!conflict(vote, other)) continue;
      this.#log.warn({ height: String(vote.height), keyHash: keyHashOf(vote.key) }, "double sign seen");
      this.#pending.push([other, vote]);
    }
    return undefined;
  }

  /** Submits what was found: commits first, shows the evidence a block later. */
  async step(): Promise<void> {
    for (const pair of this.#pending.splice(0)) {
      await this.#submit(...pair).catch((error: Error) =>
        this.#log.warn({ problem: error.message.split("\n")[0] }, "evidence was not taken"),
      );
    }
  }

  async #validatorOf(key: Hex): Promise<number | undefined> {
    const keyHash = keyHashOf(key);
    const known = this.#keys.get(keyHash);
    if (known) return known;
    const { validatorId } = await this.#chain.read<KeyRecord>("ValidatorRegistry", "keyRecord", [keyHash]);
    if (validatorId === 0) return undefined;
    this.#keys.set(keyHash, validatorId);
    return validatorId;
  }

  async #submit(first: SignedVote, second: SignedVote): Promise<void> {
    const [a, b] = [struct(first, this.#domain.chainId), struct(second, this.#domain.chainId)];
    const digest = await this.#chain.read<Hex>("SlashingManager", "evidenceDigest", [first.key, a, b]);
    const salt = toHex(randomBytes(32));
    const commitment = keccak256(
      encodeAbiParameters(
        [{ type: "bytes32" }, { type: "address" }, { type: "bytes32" }],
        [digest, this.#chain.account.address, salt],
      ),
    );
    await this.#chain.send("SlashingManager", "commitReport", [commitment]);
    const block = await this.#chain.header(first.height);
    if (!isWhole(block))
      throw new Error(`the header of block ${first.height} cannot be rebuilt from the node's answer`);
    const evidence = {
      key: first.key,
      a,
      b,
      sigA: first.signature,
      sigB: second.signature,
      header: headerRlp(block),
      lowerAnchor: 0n,
      upperAnchor: 0n,
    };
    const hash = await this.#chain.send("SlashingManager", "submitDoubleSign", [evidence, salt]);
    this.#log.warn({ hash, keyHash: keyHashOf(first.key) }, "double sign reported");
  }
}
