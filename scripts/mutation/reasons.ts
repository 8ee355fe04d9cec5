/** Mutants that no test can tell from the contracts, by their names, each with its reason. */
export const equivalents: Record<string, string> = {
  "contracts/slashing/SlashingRules.sol SlashingRules.setTerms: s.coming.evidenceMaxAge > maxAge → (s.coming.evidenceMaxAge >= maxAge)":
    "Of two equal values either is the answer.",
  "contracts/slashing/SlashingRules.sol SlashingRules.longestSeconds: present > coming → (present >= coming)":
    "Of two equal values either is the answer.",
  "contracts/tiers/TierEngine.sol TierEngine._cancel: used < LONGEST → (used <= LONGEST)":
    "Of two equal values either is the answer.",
  "contracts/liquid/ExitValue.sol ExitValue.kept: keep >= e.keep → (keep > e.keep)":
    "Scaling by a fraction of one changes nothing.",
  "contracts/staking/StakeSlashing.sol StakeSlashing._slashCohorts: MAX_COHORTS → (MAX_COHORTS + 1)":
    "A cohort further back has matured, and is passed over.",
  "contracts/libraries/PoolMath.sol PoolMath.toSharesUp: 0 → 1":
    "Nobody asks for shares of an empty pool; of a pool of one unit both ways answer what is held.",
  "contracts/libraries/TierTable.sol TierTable.terms: CANDIDATE_STAKE → (CANDIDATE_STAKE + 1)":
    "Nobody reads the least own stake out of a tier's terms: it counts as a requirement.",
  "contracts/performance/PerformanceOracle.sol PerformanceOracle._changeQuorum: epoch < current → (epoch <= current)":
    "An epoch that has not ended has no votes yet.",
  "contracts/safety/ProtocolPause.sol ProtocolPause.exitSecondsUsed: s.from + LONGEST <= horizon → false":
    "What is older ended before the horizon and counts nothing: the walk is only longer.",
  "contracts/liquid/LiquidStakingVault.sol LiquidStakingVault.redeem: i < days_.length → (i <= days_.length)":
    "The walk ends with the last share asked for, of which there are never more than the days hold.",
  "contracts/liquid/LiquidStakingBook.sol LiquidStakingBook._worth: 0 → 1":
    "A pot has a million shares per unit: nothing and one share of it are worth nothing either way.",
  "contracts/governance/ProposalRules.sol ProposalRules._requireAllowed: 68 → 69":
    "A call that carries another is longer than its head, and `bytes32` takes the first 32 bytes of any slice.",
};

/** Mutants that a test could kill and none does yet, each with what it would take. */
export const survivors: Record<string, string> = {
  "contracts/governance/ProposalRules.sol ProposalRules._requireAllowed: 32 → 33 (3)":
    "Differs for a carried call without any data alone, which asks for a target that has a fallback.",
  "contracts/governance/StakeVotes.sol StakeVotes._evict: units == 0 → false":
    "An event more that counts nothing; no test forbids it.",
  "contracts/liquid/ExitValue.sol ExitValue.kept: Math.mulDiv(e.tokens, keep, e.keep) → Math.mulDiv(e.tokens, keep, e.keep, Math.Rounding.Ceil)":
    "One unit, and only where a donation lies ready to be mistaken for it.",
  "contracts/suspensions/SuspensionManager.sol SuspensionManager._setStatus: validatorId != 0 && status != MemberStatus.Active → (validatorId != 0 || status != MemberStatus.Active)":
    "Who becomes active again has left the set already, unless compliance set its standing past the manager.",
  "contracts/tiers/TierEngine.sol TierEngine._tellVotes: emit VotesNotTold(memberNo); → nothing":
    "Asks for votes of which one function fails; the mock's fail in all, and the facts need them.",
  "contracts/performance/PerformanceOracle.sol PerformanceOracle._openEpochs: OPEN_EPOCHS → (OPEN_EPOCHS + 1)":
    "Walks one epoch more that takes no votes any more: at most an event says that its agreement is lost.",
};
