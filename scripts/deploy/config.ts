import { isAddress, parseEther } from "ethers";
import { z } from "zod";

const seconds = z.int().positive();
const address = z.string().refine((text) => isAddress(text), "a 20-byte address");
const tokens = z.string().regex(/^\d+(\.\d{1,18})?$/, "tokens: digits, at most 18 decimals");

const bps = (most: number) => z.int().min(0).max(most);
const fraction = z.string().regex(/^0\.\d{1,18}$/, "a fraction below one");

/** Most cohorts that an unbonding may span (StakingCore). */
const MAX_COHORTS = 28;

/** Who may be named in a configuration. */
export const roleNames = [
  "treasury",
  "proposer",
  "attester",
  "compliance",
  "council",
  "guardian",
  "committee",
  "param",
  "reporter",
  "slasher",
  "standing",
  "liquidOperator",
  "anchor",
] as const;

/** Windows, shares and costs of slashing (protocol §4). */
const slashingSchema = z.strictObject({
  evidenceMaxAgeSeconds: seconds,
  appealSeconds: seconds,
  decisionSeconds: seconds,
  executionSeconds: seconds,
  jailSeconds: seconds,
  downtimeJailSeconds: seconds,
  bountyBps: bps(1_000),
  bountyCap: tokens,
  insuranceBps: bps(2_000),
  insuranceCapBps: bps(1_000),
  insuranceMaxPerCase: tokens,
  bond: tokens,
  compensation: tokens,
  fractions: z.strictObject({
    doubleSign: fraction,
    downtime: fraction,
    invalidBlock: fraction,
    consensusViolation: fraction,
    securityBreach: fraction,
  }),
});

const caseSeconds = (s: z.infer<typeof slashingSchema>) =>
  s.evidenceMaxAgeSeconds + s.appealSeconds + s.decisionSeconds + s.executionSeconds;

/** What a network decides before its first deployment. Seconds and tokens. */
export const configSchema = z
  .strictObject({
    name: z.string().min(1),
    parameters: z.strictObject({
      unbondingSeconds: seconds,
      cohortSeconds: seconds,
      epochSeconds: seconds,
      commissionDelaySeconds: seconds,
      commissionWindowSeconds: seconds,
      payoutDelaySeconds: seconds,
      recoveryDelaySeconds: seconds,
    }),
    timelockSeconds: z.int().nonnegative(),
    upgradeDelaySeconds: z.int().nonnegative(),
    maxActiveValidators: z.int().min(1).max(100),
    genesisSupply: tokens,
    supplyCap: tokens,
    epochBudget: tokens,
    governance: z.strictObject({
      votingDelaySeconds: seconds,
      votingPeriodSeconds: seconds,
      lateQuorumSeconds: seconds,
      /** Voting units. */
      proposalThreshold: tokens,
      quorumPercent: z.int().min(1).max(100),
    }),
    /** Largest part of the liquid vault at one validator, basis points; a network of fewer than five needs more. */
    liquidCapBps: z.int().min(1).max(10_000),
    /**
     * Mints the genesis supply to the timelock. Only for networks whose first stake comes from elsewhere: tokens that
     * nobody can stake cannot vote themselves free.
     */
    treasuryInTimelock: z.boolean(),
    slashing: slashingSchema,
    /** Addresses that hold roles; the deployer's own where left out. */
    holders: z.partialRecord(z.enum(roleNames), address),
    oracle: z.strictObject({
      /** Members that vote on reports; the reporter alone where empty. */
      reporters: z.array(address).max(32),
      confirmDelaySeconds: z.int().nonnegative(),
    }),
    tiers: z.strictObject({
      promotionGraceSeconds: z.int().nonnegative(),
      demotionGraceSeconds: z.int().nonnegative(),
      intervalSeconds: z.int().nonnegative(),
      /** Reported epochs that an active validator needs; 0 where a network begins and nobody was reported yet. */
      minReports: z.int().min(0).max(30),
      enterpriseWeightBps: z.int().min(10_000).max(20_000),
      governanceWeightBps: z.int().min(10_000).max(20_000),
    }),
    suspensions: z.strictObject({
      appealSeconds: seconds,
      decisionSeconds: seconds,
      /** Longest suspension per reason, seconds. */
      caps: z.strictObject({
        poorPerformance: seconds,
        securityViolation: seconds,
        consensusAttack: seconds,
        kycViolation: seconds,
        termsOfService: seconds,
        courtOrder: seconds,
      }),
    }),
  })
  .refine((c) => c.parameters.unbondingSeconds >= 7 * c.parameters.epochSeconds, {
    message: "unbondingSeconds must be at least 7 epochs",
  })
  .refine((c) => c.parameters.unbondingSeconds <= MAX_COHORTS * c.parameters.cohortSeconds, {
    message: `unbondingSeconds must be at most ${MAX_COHORTS} cohorts: a slash walks through them`,
  })
  .refine(({ governance: g, parameters, timelockSeconds }) => {
    const decision = g.votingDelaySeconds + g.votingPeriodSeconds + g.lateQuorumSeconds + timelockSeconds;
    return decision <= parameters.unbondingSeconds;
  }, "voting delay, period, extension and timelock must not outlast the unbonding")
  .refine((c) => caseSeconds(c.slashing) <= c.parameters.unbondingSeconds, {
    message: "slashing: evidence, appeal, decision and execution must fit into unbondingSeconds",
  })
  .refine((c) => c.slashing.jailSeconds >= c.slashing.evidenceMaxAgeSeconds, {
    message: "slashing: jailSeconds must be at least evidenceMaxAgeSeconds",
  })
  .refine((c) => parseEther(c.supplyCap) >= parseEther(c.genesisSupply), {
    message: "supplyCap is below genesisSupply",
  });

export type DeployConfig = z.infer<typeof configSchema>;

const day = 86_400;

/** Production defaults (protocol §3). */
export const production: DeployConfig = {
  name: "tburn",
  parameters: {
    unbondingSeconds: 21 * day,
    cohortSeconds: day,
    epochSeconds: day,
    commissionDelaySeconds: 7 * day,
    commissionWindowSeconds: 3 * day,
    payoutDelaySeconds: 3 * day,
    recoveryDelaySeconds: 7 * day,
  },
  timelockSeconds: 3 * day,
  upgradeDelaySeconds: 7 * day,
  maxActiveValidators: 100,
  genesisSupply: "1000000000",
  supplyCap: "2000000000",
  epochBudget: "20000",
  governance: {
    votingDelaySeconds: day,
    votingPeriodSeconds: 7 * day,
    lateQuorumSeconds: 2 * day,
    proposalThreshold: "10000",
    quorumPercent: 10,
  },
  liquidCapBps: 2_000,
  treasuryInTimelock: false,
  slashing: {
    evidenceMaxAgeSeconds: 7 * day,
    appealSeconds: 7 * day,
    decisionSeconds: 5 * day,
    executionSeconds: 2 * day,
    jailSeconds: 21 * day,
    downtimeJailSeconds: day,
    bountyBps: 500,
    bountyCap: "1000",
    insuranceBps: 0,
    insuranceCapBps: 1_000,
    insuranceMaxPerCase: "10000",
    bond: "10000",
    compensation: "1000",
    fractions: {
      doubleSign: "0.05",
      downtime: "0.001",
      invalidBlock: "0.02",
      consensusViolation: "0.1",
      securityBreach: "0.3",
    },
  },
  holders: {},
  oracle: { reporters: [], confirmDelaySeconds: 6 * 3_600 },
  tiers: {
    promotionGraceSeconds: 3 * day,
    demotionGraceSeconds: 3 * day,
    intervalSeconds: 7 * day,
    minReports: 0,
    enterpriseWeightBps: 15_000,
    governanceWeightBps: 12_500,
  },
  suspensions: {
    appealSeconds: 7 * day,
    decisionSeconds: 5 * day,
    caps: {
      poorPerformance: 14 * day,
      securityViolation: 60 * day,
      consensusAttack: 180 * day,
      kycViolation: 90 * day,
      termsOfService: 30 * day,
      courtOrder: 180 * day,
    },
  },
};

/** Short windows, so that a newcomer sees an unbonding mature in minutes. */
export const local: DeployConfig = {
  ...production,
  name: "TBURN local",
  parameters: {
    unbondingSeconds: 600,
    cohortSeconds: 60,
    epochSeconds: 30,
    commissionDelaySeconds: 120,
    commissionWindowSeconds: 3_600,
    payoutDelaySeconds: 120,
    recoveryDelaySeconds: 120,
  },
  timelockSeconds: 15,
  upgradeDelaySeconds: 0,
  epochBudget: "0.25",
  oracle: { reporters: [], confirmDelaySeconds: 10 },
  tiers: { ...production.tiers, promotionGraceSeconds: 10, demotionGraceSeconds: 10, intervalSeconds: 0 },
  suspensions: { ...production.suspensions, appealSeconds: 120, decisionSeconds: 120 },
  governance: {
    ...production.governance,
    votingDelaySeconds: 20,
    votingPeriodSeconds: 150,
    lateQuorumSeconds: 30,
  },
  liquidCapBps: 10_000,
  slashing: {
    ...production.slashing,
    evidenceMaxAgeSeconds: 120,
    appealSeconds: 240,
    decisionSeconds: 150,
    executionSeconds: 90,
    jailSeconds: 240,
    downtimeJailSeconds: 30,
  },
};
