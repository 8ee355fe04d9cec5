import { slashingManagerAbi } from "@tburn/deployments/abi/slashing-manager";
import { encodeFunctionData } from "viem";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { address, DELEGATORS, VALIDATORS } from "../../harness/chain.ts";
import { refusal } from "../browser.ts";
import { type Intent, type Intents, type Signer, startIntents } from "./signers.ts";

let here: Intents;
let proposer: Signer;
beforeAll(async () => {
  here = await startIntents();
  proposer = await here.signer(VALIDATORS[0] ?? 0);
});
afterAll(() => here?.stop());
beforeEach(() => here.forgetVisits());

const motion = (title: string) => ({
  title,
  description: "Raises what downtime costs.",
  calls: [
    {
      target: here.chain.record.contracts.SlashingManager.address as string,
      calldata: encodeFunctionData({ abi: slashingManagerAbi, functionName: "setFraction", args: [1, 10n ** 16n] }),
    },
  ],
});
const proposed = (one: Signer, body: object) => one.ask("POST", "/api/v1/proposals", body);
const latest = async () =>
  String(await here.chain.view("TBurnGovernor", "latestProposalOf", [address(proposer.index)]));

describe("a proposal", () => {
  it("is put to the vote by whoever carries enough votes, one at a time", async () => {
    const intent = await proposer.must<Intent>("POST", "/api/v1/proposals", motion("Dearer downtime"), 201);
    const query = `mutation ($input: CreateProposalInput!, $key: String!) {
      createProposal(input: $input, idempotencyKey: $key) { data } }`;
    expect(await proposer.graphData(query, { input: motion("Dearer downtime") })).toBe(intent.data);
    await here.confirmed(proposer, intent);
    expect(await refusal(await proposed(proposer, motion("Another")))).toEqual([409, "PROPOSAL_LIVE"]);
    const poor = await here.signer(DELEGATORS[0] ?? 0);
    expect(await refusal(await proposed(poor, motion("Another")))).toEqual([409, "VOTES_TOO_FEW"]);
  });

  it("calls the system's contracts alone, and says which call does not", async () => {
    const other = await here.signer(VALIDATORS[1] ?? 0);
    const [call] = motion("").calls;
    const calls = [call, { target: address(9), calldata: "0x" }];
    const answer = await proposed(other, { ...motion("Strange"), calls });
    expect(await answer.json()).toMatchObject({ code: "CALL_NOT_ALLOWED", errors: [{ field: "calls.1.target" }] });
  });
});

describe("a vote", () => {
  const ballot = (one: Signer, proposalId: string, support = "FOR") =>
    one.ask("POST", one.own("vote"), { proposalId, support });

  it("waits for its beginning, is cast once, and is refused when voting has ended", async () => {
    const [id, voter] = [await latest(), await here.signer(VALIDATORS[1] ?? 0)];
    expect(await refusal(await ballot(voter, id))).toEqual([409, "VOTING_NOT_BEGUN"]);
    await here.chain.passTime(25);
    await here.follow();
    const body = { proposalId: id, support: "FOR", reason: "Nodes should stay up." };
    const query = `mutation ($id: BigInt!, $vote: VoteInput!, $key: String!) {
      castVote(proposalId: $id, vote: $vote, idempotencyKey: $key) { data } }`;
    const vote = { support: "FOR", reason: body.reason };
    const intent = await voter.prepared("vote", body);
    expect(await voter.graphData(query, { id, vote })).toBe(intent.data);
    await here.confirmed(voter, intent);
    expect(await refusal(await ballot(voter, id))).toEqual([409, "VOTE_CAST"]);
    await here.confirmed(proposer, await proposer.prepared("vote", { proposalId: id, support: "AGAINST" }));
    await here.chain.passTime(200);
    await here.follow();
    const late = await here.signer(VALIDATORS[2] ?? 0);
    expect(await refusal(await ballot(late, id))).toEqual([409, "VOTING_ENDED"]);
  });

  it.each([
    ["on nothing", { proposalId: "5", support: "FOR" }, 404, "PROPOSAL_NOT_FOUND"],
    ["without a word", { proposalId: "5" }, 422, "INPUT_INVALID"],
    ["that is neither", { proposalId: "5", support: "PERHAPS" }, 422, "INPUT_INVALID"],
    ["by another wallet", { proposalId: "5", support: "FOR", voter: address(2) }, 422, "INPUT_INVALID"],
  ])("%s is refused", async (_what, body, status, code) => {
    expect(await refusal(await proposer.ask("POST", proposer.own("vote"), body))).toEqual([status, code]);
  });
});
