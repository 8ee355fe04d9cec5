import { type Hex, toEventSelector } from "viem";

export interface WireLog {
  address: string;
  topics: string[];
  data: string;
  blockNumber: string;
  logIndex: string;
  transactionHash: string;
}

interface Validator {
  memberNo: number;
  name: string;
  commission: number;
  self: bigint;
  tokens: bigint;
  shares: bigint;
  rewards: bigint;
}

interface Position {
  memberNo: number;
  validatorId: number;
  shares: bigint;
  claimed: bigint;
  since: number;
}

interface Request {
  line: string;
  claimedAt: number | null;
  paid: bigint | null;
}

const selector = (text: string) => toEventSelector(text as never) as Hex;
const nobody = `0x${"0".repeat(40)}`;
/** Word `at` of an event's data. */
const big = (data: string, at: number) => BigInt(`0x${data.slice(2 + at * 64, 66 + at * 64)}`);
/** A word that fits 48 bits. */
const small = (data: string, at: number) => Number.parseInt(data.slice(54 + at * 64, 66 + at * 64), 16);
const id = (topic: string | undefined) => Number.parseInt(topic?.slice(54) ?? "", 16);
const account = (topic: string | undefined) => `0x${topic?.slice(26)}`;
const accountOf = (data: string, at: number) => `0x${data.slice(26 + at * 64, 66 + at * 64)}`;

/** The small set of tables in memory, decoded by hand. */
export class Fold {
  readonly #members: string[] = [];
  readonly #validators = new Map<number, Validator>();
  readonly #positions = new Map<number, Position>();
  readonly #requests = new Map<number, Request>();
  readonly #credits: string[] = [];
  readonly #payments: string[] = [];
  readonly #commissions: string[] = [];
  readonly #balances = new Map<string, bigint>();
  readonly #acts: Record<string, (log: WireLog, time: number) => void> = {
    [selector("Transfer(address,address,uint256)")]: (log) => {
      const [from, to, value] = [account(log.topics[1]), account(log.topics[2]), big(log.data, 0)];
      if (from !== nobody) this.#balances.set(from, (this.#balances.get(from) ?? 0n) - value);
      if (to !== nobody) this.#balances.set(to, (this.#balances.get(to) ?? 0n) + value);
    },
    [selector("MemberRegistered(uint64,address,bytes32)")]: (log) => {
      this.#members.push(`${id(log.topics[1])}\t${account(log.topics[2])}\n`);
    },
    [selector("ValidatorRegistered(uint32,uint64,bytes32,uint8,bytes,uint16,uint16,uint112,string)")]: ({
      topics,
      data,
    }) => {
      const at = small(data, 5) / 32;
      const name = Buffer.from(
        data.slice(2 + (at + 1) * 64, 2 + (at + 1) * 64 + small(data, at) * 2),
        "hex",
      ).toString();
      const none = { self: 0n, tokens: 0n, shares: 0n, rewards: 0n };
      this.#validators.set(id(topics[1]), { memberNo: id(topics[2]), name, commission: small(data, 2), ...none });
    },
    [selector("CommissionChanged(uint32,uint16,uint16)")]: ({ topics, data, blockNumber, logIndex }) => {
      const validatorId = id(topics[1]);
      this.#validator(validatorId).commission = small(data, 1);
      const place = `${Number(blockNumber)}\t${Number(logIndex)}`;
      this.#commissions.push(`${validatorId}\t${place}\t${small(data, 0)}\t${small(data, 1)}\n`);
    },
    [selector("TokensStaked(uint32,uint64,uint256)")]: ({ topics, data }) => {
      this.#validator(id(topics[1])).self += big(data, 0);
    },
    [selector("StakeDelegated(uint256,uint32,uint64,uint256,uint256)")]: ({ topics, data }, since) => {
      const [positionId, validatorId, shares] = [id(topics[1]), id(topics[2]), big(data, 1)];
      const found = this.#positions.get(positionId);
      const first = { memberNo: id(topics[3]), validatorId, shares, claimed: 0n, since };
      if (found) found.shares += shares;
      else this.#positions.set(positionId, first);
      const validator = this.#validator(validatorId);
      validator.tokens += big(data, 0);
      validator.shares += shares;
    },
    [selector("TokensUnstaked(uint256,uint32,uint64,uint256,uint8,uint32,uint256,uint256,uint256,uint64,uint40)")]: (
      { topics, data },
      time,
    ) => {
      const [requestId, validatorId, positionId] = [id(topics[1]), id(topics[2]), small(data, 0)];
      const [tokens, shares] = [big(data, 3), big(data, 4)];
      const validator = this.#validator(validatorId);
      if (small(data, 1) === 0) {
        this.#position(positionId).shares -= shares;
        validator.tokens -= tokens;
        validator.shares -= shares;
      } else validator.self -= tokens;
      const line = `${requestId}\t${id(topics[3])}\t${validatorId}\t${positionId}\t${tokens}\t${time}\t${small(data, 7)}`;
      this.#requests.set(requestId, { line, claimedAt: null, paid: null });
    },
    [selector("UnstakeClaimed(uint256,uint64,uint32,uint256,uint256,address)")]: ({ topics, data }, time) => {
      const request = this.#requests.get(id(topics[1]));
      if (request) Object.assign(request, { claimedAt: time, paid: big(data, 0) - big(data, 1) });
    },
    [selector("EpochCredited(uint32,uint32,uint256,uint256,uint256,uint256)")]: ({ topics, data, blockNumber }) => {
      const [self, commission, net] = [big(data, 0), big(data, 1), big(data, 2)];
      this.#validator(id(topics[2])).rewards += self + commission + net;
      const key = `${id(topics[2])}\t${id(topics[1])}`;
      this.#credits.push(`${key}\t${self}\t${commission}\t${net}\t${Number(blockNumber)}\n`);
    },
    [selector("RewardsClaimed(uint256,uint64,uint256,address)")]: ({ topics, data, blockNumber, logIndex }) => {
      const [positionId, amount] = [id(topics[1]), big(data, 0)];
      const position = this.#position(positionId);
      position.claimed += amount;
      const place = `${Number(blockNumber)}\t${Number(logIndex)}\t${id(topics[2])}`;
      this.#payments.push(`${place}\t${positionId}\t${position.validatorId}\t${amount}\t${accountOf(data, 1)}\n`);
    },
  };

  take(log: WireLog, time: number): void {
    this.#acts[log.topics[0] ?? ""]?.(log, time);
  }

  #validator(validatorId: number): Validator {
    const found = this.#validators.get(validatorId);
    if (!found) throw new Error(`no validator ${validatorId}`);
    return found;
  }

  #position(positionId: number): Position {
    const found = this.#positions.get(positionId);
    if (!found) throw new Error(`no position ${positionId}`);
    return found;
  }

  /** Lines to copy, by table. */
  *tables(): Generator<[string, Buffer[]]> {
    yield ["members", packed(this.#members)];
    yield [
      "validators",
      packed(this.#validators, ([key, v]) => [
        key,
        v.memberNo,
        v.name,
        v.commission,
        v.self,
        v.tokens,
        v.shares,
        v.rewards,
      ]),
    ];
    yield [
      "positions",
      packed(this.#positions, ([key, p]) => [key, p.memberNo, p.validatorId, p.shares, p.claimed, p.since]),
    ];
    yield ["requests", packed(this.#requests.values(), (r) => [r.line, r.claimedAt ?? "\\N", r.paid ?? "\\N"])];
    yield ["reward_credits", packed(this.#credits)];
    yield ["reward_payments", packed(this.#payments)];
    yield ["commission_changes", packed(this.#commissions)];
    yield ["balances", packed(this.#balances, (entry) => entry)];
  }
}

/** Rows as lines, ten thousand to a chunk. */
function packed<T>(rows: Iterable<T>, fields?: (row: T) => unknown[]): Buffer[] {
  const chunks: Buffer[] = [];
  let lines: string[] = [];
  for (const row of rows) {
    lines.push(fields ? `${fields(row).join("\t")}\n` : String(row));
    if (lines.length === 10_000) {
      chunks.push(Buffer.from(lines.join("")));
      lines = [];
    }
  }
  chunks.push(Buffer.from(lines.join("")));
  return chunks;
}
