import { parseEther } from "viem";
import { describe, expect, it } from "vitest";
import { DELEGATOR_WALLETS, VALIDATOR_WALLETS } from "../../scripts/local/past/wallets.ts";
import { staker } from "./harness/acts/delegating.ts";
import { contracts } from "./harness/contracts.ts";
import { Dapp } from "./harness/dapp.ts";
import { mirror } from "./harness/mirror.ts";
import { until } from "./harness/until.ts";
import { browser } from "./harness/visitor.ts";

const here = browser();
const { product, chain, visit, fund } = here;
const { ask } = mirror();
const { members, mined, token, governor, votes, slashing } = contracts();

const CONSENSUS_VIOLATION = 3;
const FRACTION = 60_000_000_000_000_000n;
const AGAINST = 0;
/** Ballots that the page asks for at once. */
const PAGE = 20;
const QUEUED = 5;
const EXECUTED = 7;
const TITLE = "Raise the double-sign fraction to 6 %";

/** Lets the chain's clock pass `moment`. */
const passBy = async (moment: bigint) => chain.pass(Number(moment - (await chain.now())) + 1);

async function choose(dapp: Dapp, form: string, choice: string, reason?: string): Promise<void> {
  await dapp.at(`${form}-form`).getByRole("radio", { name: choice }).check();
  if (reason) await dapp.at(`${form}-reason`).fill(reason);
  await dapp.at(form).click();
}

/** Writes a proposal that sets the double-sign fraction, past some mistakes. @returns its identifier */
async function proposed(dapp: Dapp, fraction: bigint): Promise<bigint> {
  await dapp.open("/governance/new");
  await dapp.shows(dapp.at("propose"), "Write a title");
  await dapp.at("draft-title").fill(TITLE);
  await dapp.at("draft-body").fill("## Why\n\nIt is the **gravest** offence. <b>No HTML</b>");
  await dapp.at("call-contract").selectOption("SlashingManager");
  await dapp.at("call-function").selectOption("setFraction(uint8,uint64)");

  const field = (name: string) => dapp.page.locator(`[data-field=${name}]`);
  await field("kind").fill("300");
  await field("fraction").fill("6 %");
  await dapp.shows(dapp.at("call-editor"), "does not fit its type");
  await dapp.shows(dapp.at("call-editor"), "whole number");
  await field("kind").fill(String(CONSENSUS_VIOLATION));
  // More than the contract allows: its trial fails before anybody signs.
  await field("fraction").fill(String(10n ** 18n));
  await dapp.shows(dapp.at("trial"), "fail");
  await dapp.shows(dapp.at("propose"), "Correct");
  await field("fraction").fill(String(fraction));
  await dapp.shows(dapp.at("trial"), "succeed");

  // The draft outlives a visit to another page.
  await dapp.open("/validators");
  await dapp.open("/governance/new");
  await dapp.shows(dapp.at("preview"), "setFraction");
  await dapp.at("propose").click();
  await dapp.at("open-proposal").click();
  await dapp.reaches("propose", "indexed", "final");
  const id = BigInt(dapp.page.url().split("/").at(-1) ?? "0");
  await dapp.shows(dapp.at("proposal-text"), "<b>No HTML</b>");
  await dapp.shows(dapp.at("proposal-calls"), `fraction${fraction}`);
  return id;
}

describe("a proposal", () => {
  it("is written, voted on, overridden by a delegator, queued and executed, and changes a parameter", async () => {
    const proposer = await staker(here, "600000");
    const delegator = await staker(here, "50000");

    await delegator.dapp.open("/governance/delegates");
    await delegator.dapp.at("delegate-to").fill("0x12");
    await delegator.dapp.shows(delegator.dapp.at("my-delegation"), "no valid address");
    await delegator.dapp.at("delegate-to").fill(proposer.address);
    await delegator.dapp.at("delegate-votes").click();
    await delegator.dapp.reaches("delegate-votes", "indexed", "final");
    expect(await votes.read.getVotes([proposer.address])).toBe(parseEther("650000"));

    const { dapp } = proposer;
    const id = await proposed(dapp, FRACTION);
    expect(await governor.read.latestProposalOf([proposer.address])).toBe(id);
    await dapp.shows(dapp.at("no-power"), "snapshot has not been taken");
    const page = `/governance/${id}`;

    await passBy(await governor.read.proposalSnapshot([id]));
    await dapp.open("/");
    await dapp.shows(dapp.at("votes-due"), /^[1-9]/);
    await dapp.open("/governance");
    await dapp.at("proposals-mine").getByRole("link", { name: TITLE }).click();
    await choose(dapp, "cast-vote", "For", "It protects delegators");
    await dapp.reaches("cast-vote", "indexed", "final");
    const [, cast] = await governor.read.proposalVotes([id]);
    expect(cast).toBe(parseEther("650000"));
    await dapp.shows(dapp.at("own-ballots"), /Your vote: For.*included at block [\d,]+/);
    await dapp.shows(dapp.at("ballot"), /you.*For.*650,000.*It protects delegators/);

    await delegator.dapp.open(page);
    await delegator.dapp.shows(delegator.dapp.at("no-power"), "delegated away");
    await choose(delegator.dapp, "override-vote", "Against");
    await delegator.dapp.reaches("override-vote", "indexed", "final");
    expect(await governor.read.proposalVotes([id])).toEqual([parseEther("50000"), parseEther("600000"), 0n]);
    await delegator.dapp.shows(delegator.dapp.at("tally-against"), "50,000");
    await dapp.shows(dapp.at("tally-for"), "600,000");

    await passBy(await governor.read.proposalDeadline([id]));
    // Anybody may bring it on.
    await delegator.dapp.at("queue").click();
    await delegator.dapp.reaches("queue-proposal", "indexed", "final");
    expect(await governor.read.state([id])).toBe(QUEUED);
    expect(await delegator.dapp.at("execute").isVisible()).toBe(false);
    await passBy(await governor.read.proposalEta([id]));
    const before = await slashing.read.fractionOf([CONSENSUS_VIOLATION]);
    await delegator.dapp.at("execute").click();
    await delegator.dapp.reaches("execute-proposal", "indexed", "final");
    expect(before).not.toBe(FRACTION);
    expect(await slashing.read.fractionOf([CONSENSUS_VIOLATION])).toBe(FRACTION);
    expect(await governor.read.state([id])).toBe(EXECUTED);
    await dapp.page.locator("[data-testid=proposal-state][data-state=executed]").waitFor();
    const { proposal } = await ask<{ proposal: { state: string; ballotCount: number } }>(
      "query ($id: String!) { proposal(proposalId: $id) { state ballotCount } }",
      { id: String(id) },
    );
    expect(proposal).toEqual({ state: "EXECUTED", ballotCount: 2 });

    await dapp.open(`/governance/delegates/${proposer.address}`);
    await dapp.shows(dapp.at("voting-record"), TITLE);
    await delegator.dapp.open("/governance/delegates");
    await delegator.dapp.at("take-votes-back").click();
    await until(
      "the delegator speaks for itself",
      async () => (await votes.read.getVotes([delegator.address])) === parseEther("50000"),
    );
    await delegator.dapp.at("take-votes-back").waitFor({ state: "detached" });
  });
});

/** All wallets of the told past that had votes at the proposal's snapshot vote against. @returns how many did */
async function manyVote(id: bigint): Promise<number> {
  const snapshot = await governor.read.proposalSnapshot([id]);
  let cast = 0;
  for (const index of [...VALIDATOR_WALLETS, ...DELEGATOR_WALLETS]) {
    const voter = contracts(index);
    if ((await votes.read.getPastVotes([voter.deployer, snapshot])) === 0n) continue;
    await mined(voter.governor.write.castVote([id, AGAINST]));
    cast++;
  }
  return cast;
}

/** What the list of ballots tells, row by row. */
const listed = ({ page }: Dapp) =>
  page.getByTestId("ballot").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-row")));

describe("a wallet without power", () => {
  it("reads why, with the way out, and its proposer may cancel before the vote", async () => {
    const proposer = await staker(here, "20000");
    const stranger = await visit();
    const dapp = new Dapp(stranger, product.url);
    await dapp.open("/governance/new");
    await dapp.shows(dapp.page.locator("main"), "Connect a wallet");
    await fund(stranger.wallet.account.address);
    await dapp.connect();
    await dapp.shows(dapp.at("eligibility"), "Too few votes");

    const id = await proposed(proposer.dapp, FRACTION + 1n);
    await passBy(await governor.read.proposalSnapshot([id]));
    await dapp.open(`/governance/${id}`);
    await dapp.shows(dapp.at("no-power"), "no member");
    await dapp.join();
    await dapp.shows(dapp.at("no-power"), "no stake at the snapshot, and there is none now");
    expect(await members.read.memberNoOf([stranger.wallet.account.address])).toBeGreaterThan(0n);

    // Stake that comes after the snapshot does not count in this vote.
    await mined(token.write.transfer([stranger.wallet.account.address, parseEther("500")]));
    await dapp.at("stake-for-votes").click();
    await dapp.open("/stake/delegate/3");
    await dapp.write("200");
    await dapp.at("primary-action").click();
    await dapp.reaches("delegate", "indexed", "final");
    await dapp.open(`/governance/${id}`);
    await dapp.shows(dapp.at("no-power"), "There was no stake at the snapshot");
    expect(await dapp.at("cast-vote").isVisible()).toBe(false);

    // More ballots than a page holds are read page by page, each once.
    const cast = await manyVote(id);
    expect(cast).toBeGreaterThan(PAGE);
    await until("the indexer has counted them", async () => {
      const query = "query ($id: String!) { proposal(proposalId: $id) { ballotCount } }";
      return (
        (await ask<{ proposal: { ballotCount: number } }>(query, { id: String(id) })).proposal.ballotCount === cast
      );
    });
    await dapp.open(`/governance/${id}`);
    await dapp.at("ballot").waitFor();
    expect(await listed(dapp)).toHaveLength(PAGE);
    await dapp.at("more-ballots").click();
    await until("the second page is there", async () => (await listed(dapp)).length === Math.min(cast, 2 * PAGE));
    expect(new Set(await listed(dapp)).size).toBe(Math.min(cast, 2 * PAGE));

    // Its time is over without a quorum.
    await passBy(await governor.read.proposalDeadline([id]));
    await dapp.page.locator("[data-testid=proposal-state][data-state=defeated]").waitFor();

    const second = await proposed(proposer.dapp, FRACTION + 2n);
    await proposer.dapp.at("cancel-proposal").click();
    await proposer.dapp.reaches("cancel-proposal", "indexed", "final");
    await proposer.dapp.page.locator("[data-testid=proposal-state][data-state=canceled]").waitFor();
    await until("the proposal is canceled", async () => (await governor.read.state([second])) === 2);
    await proposer.dapp.open("/governance/12345");
    await proposer.dapp.shows(proposer.dapp.page.locator("main"), "no such proposal");
  });
});
