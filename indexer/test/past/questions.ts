/** Everything that is told of a past block, as questions whose answer a mirror that stands at that block must give as well. */

const STAMP = "asOfBlock { number hash timestamp }";
const PAGE = "pageInfo { hasNextPage endCursor }";

const VALIDATOR = `${STAMP} validatorId memberNo name active tier tombstoned jailedUntil openCases commissionBps maxCommissionBps
  pendingCommission { bps executableAt expiresAt } minDelegation selfStake delegatedStake totalStake capacity positionCount
  rewardsTotal unclaimedCommission unclaimedSelfRewards netAprBps uptimeBps registeredAt rank
  epochs(last: 5) { epoch uptimeBps } commissionHistory { fromBps toBps at blockNumber }
  slashes { at blockNumber faultAt self delegated unbonding }`;

const POSITION = `${STAMP} positionId memberNo validatorId shares value pendingRewards claimedRewards autoCompound lienId
  lien { lienId source base owed maturesAt } since closedAt validator { delegatedStake rank } member { status tier }`;

const MEMBER = `${STAMP} memberNo memberId accountAddress operator payoutAddress pendingPayout { address readyAt } pendingOwner
  pendingRecovery { address readyAt } status tier frozenUntil kycLevel kycValidUntil createdAt shownTier
  grade { staged stagedReasons effectiveAt changedAt penaltyPoints genesis governance }
  tierHistory { kind from to reasons effectiveAt at blockNumber transactionHash }
  validator { validatorId active selfStake } delegatedStake totalStake
  stakingPositions(first: 50) { ${STAMP} nodes { positionId value pendingRewards } }`;

const DELEGATE = `${STAMP} address memberNo member { memberNo accountAddress tier } units votes delegatedTo delegatorCount
  ballotCount proposalCount history { at blockNumber votes }`;

const sorts = ["TOTAL_STAKE", "SELF_STAKE", "COMMISSION", "NAME", "CREATED_AT"];

/** Questions about one member, its wallet, one validator and one position. */
export const ONE = `query ($at: Int, $memberNo: Int!, $address: String!, $validatorId: Int!, $positionId: String!) {
  member(memberNo: $memberNo, asOfBlock: $at) { ${MEMBER} }
  byWallet: member(address: $address, asOfBlock: $at) { memberNo }
  delegate(address: $address, asOfBlock: $at) { ${DELEGATE} }
  validator(validatorId: $validatorId, asOfBlock: $at) { ${VALIDATOR} member { accountAddress status tier } }
  stakingPosition(positionId: $positionId, asOfBlock: $at) { ${POSITION} } }`;

/** Lists, and the same ones in pages of two from a cursor on. */
export const LISTS = `query ($at: Int, $memberNo: Int!, $validatorId: Int!) {
  ${sorts
    .flatMap((field) => ["ASC", "DESC"].map((direction) => ({ field, direction })))
    .map(
      ({
        field,
        direction,
      }) => `${field}_${direction}: validators(first: 2, sort: { field: ${field}, direction: ${direction} }, asOfBlock: $at) {
        ${STAMP} totalCount ${PAGE} nodes { validatorId rank totalStake } }`,
    )
    .join("\n")}
  active: validators(filter: { active: true, minStake: "1", search: "a" }, asOfBlock: $at) { totalCount nodes { ${VALIDATOR} } }
  validatorLeaderboard(asOfBlock: $at) { validatorId rank }
  ofMember: stakingPositions(memberNo: $memberNo, closed: true, first: 100, asOfBlock: $at) { ${STAMP} nodes { ${POSITION} } }
  ofValidator: stakingPositions(validatorId: $validatorId, first: 100, asOfBlock: $at) { ${STAMP} nodes { positionId value } }
  all: stakingPositions(first: 100, asOfBlock: $at) { ${STAMP} nodes { positionId } } }`;

/** A page of a validator's positions, and of validators by stake. */
export const PAGES = `query ($at: Int, $validatorId: Int!, $positions: String, $validators: String) {
  stakingPositions(validatorId: $validatorId, closed: true, first: 2, after: $positions, asOfBlock: $at) { ${PAGE} nodes { positionId closedAt } }
  validators(first: 1, after: $validators, asOfBlock: $at) { ${PAGE} totalCount nodes { validatorId totalStake } } }`;
