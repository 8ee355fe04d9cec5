import { proposalRulesAbi } from "@tburn/deployments/abi/proposal-rules";
import { tburnGovernorAbi } from "@tburn/deployments/abi/tburn-governor";
import {
  decodeFunctionResult,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  keccak256,
  parseAbiParameters,
  stringToHex,
} from "viem";
import { z } from "zod";
import { permit } from "../../../platform/access/decide.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { hasVoted, proposalState, proposingPower, supportNames } from "../../governance/service.ts";
import { proposalText, propose, vote } from "../rules.ts";
import { address, bytes, text, wide } from "./inputs.ts";
import { act, command, event, prepared, type Scene } from "./preparing.ts";

const MOST_CALLS = 10;

/** Casts the units that spoke through the wallet when the vote began. */
export const castVote = command(
  "intents.vote",
  z.strictObject({ proposalId: wide, support: z.enum(supportNames), reason: text(1_000).optional() }),
  (actor, _input, now) => permit(actor, vote, now, actor.memberId),
  async (scene, { proposalId, support, reason }) => {
    const { kit, actor } = scene;
    const state = await proposalState(kit.pool, proposalId, scene.now);
    if (state === undefined) throw new Problem(404, "PROPOSAL_NOT_FOUND", "there is no such proposal");
    if (state === "PENDING") throw new Problem(409, "VOTING_NOT_BEGUN", "voting has not begun; come back when it has");
    if (state !== "ACTIVE") throw new Problem(409, "VOTING_ENDED", "voting has ended");
    if (await hasVoted(kit.pool, proposalId, actor.address)) {
      throw new Problem(409, "VOTE_CAST", "this wallet has cast its ballot; a ballot is cast once");
    }
    const [id, kind] = [BigInt(proposalId), supportNames.indexOf(support)];
    const data =
      reason === undefined
        ? encodeFunctionData({ abi: tburnGovernorAbi, functionName: "castVote", args: [id, kind] })
        : encodeFunctionData({ abi: tburnGovernorAbi, functionName: "castVoteWithReason", args: [id, kind, reason] });
    return prepared(scene, {
      kind: "VOTE",
      account: actor.address,
      steps: [act(kit, "TBurnGovernor", data)],
      expected: event("VoteCast", null, { voter: actor.address, proposalId, support: kind }),
    });
  },
);

/** The governor's number of a proposal (`Governor.hashProposal`). */
function proposalIdOf(targets: readonly Hex[], calldatas: readonly Hex[], description: string): bigint {
  const form = parseAbiParameters("address[], uint256[], bytes[], bytes32");
  const values = targets.map(() => 0n);
  return BigInt(
    keccak256(encodeAbiParameters(form, [targets, values, calldatas, keccak256(stringToHex(description))])),
  );
}

/** Only the system's own contracts may be called by a vote; their list is the chain's. */
async function requireAllowed({ kit }: Scene, targets: readonly Hex[]): Promise<void> {
  const to = kit.contracts.ProposalRules.address;
  const allowed = await Promise.all(
    targets.map(async (target) => {
      const data = encodeFunctionData({ abi: proposalRulesAbi, functionName: "isAllowed", args: [target] });
      const answer = (await kit.ask("eth_call", [{ to, data }, "latest"])) as Hex;
      return decodeFunctionResult({ abi: proposalRulesAbi, functionName: "isAllowed", data: answer });
    }),
  ).catch(() => {
    throw new Problem(503, "CHAIN_UNAVAILABLE", "no node of the chain answers; try again");
  });
  const errors = allowed.flatMap((isAllowed, i) =>
    isAllowed ? [] : [{ field: `calls.${i}.target`, message: "no vote may call this contract" }],
  );
  if (errors.length > 0) throw new Problem(422, "CALL_NOT_ALLOWED", "a vote may not call all of these", { errors });
}

/** Puts calls of the system's contracts to the vote. */
export const createProposal = command(
  "intents.propose",
  z.strictObject({
    title: text(120),
    description: text(10_000),
    calls: z
      .array(z.strictObject({ target: address, calldata: bytes }))
      .min(1)
      .max(MOST_CALLS),
  }),
  (actor, _input, now) => permit(actor, propose, now, actor.memberId),
  async (scene, input) => {
    const { kit, actor } = scene;
    const { votes, threshold, latest } = await proposingPower(kit.pool, actor.address, scene.now);
    if (votes < threshold) {
      const errors = [{ field: "votes", message: `${threshold} are asked for, the wallet carries ${votes}` }];
      throw new Problem(409, "VOTES_TOO_FEW", "the wallet carries too few votes to propose", { errors });
    }
    if (latest === "PENDING" || latest === "ACTIVE") {
      throw new Problem(409, "PROPOSAL_LIVE", "your last proposal is still voted on; a wallet has one at a time");
    }
    const targets = input.calls.map(({ target }) => target.toLowerCase() as Hex);
    const calldatas = input.calls.map(({ calldata }) => calldata as Hex);
    await requireAllowed(scene, targets);
    const words = proposalText(input.title, input.description, actor.address);
    const args = [targets, targets.map(() => 0n), calldatas, words] as const;
    const data = encodeFunctionData({ abi: tburnGovernorAbi, functionName: "propose", args });
    const proposalId = proposalIdOf(targets, calldatas, words);
    return prepared(scene, {
      kind: "CREATE_PROPOSAL",
      account: actor.address,
      steps: [act(kit, "TBurnGovernor", data)],
      expected: event("ProposalCreated", null, { proposalId }),
    });
  },
);
