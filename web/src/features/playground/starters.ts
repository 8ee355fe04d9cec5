/** A query to begin with. */
export interface Starter {
  name:
    | "network"
    | "leaders"
    | "members"
    | "proposals"
    | "delegates"
    | "slashes"
    | "suspensions"
    | "blocks"
    | "activity"
    | "epochs"
    | "indexer"
    | "self";
  query: string;
  /** JSON. @param memberId Account of whoever is signed in. */
  variables?: (memberId: string) => string;
}

/** Good first questions; each is held against the schema by `shared/graphql/documents.test.ts`. */
export const starters: Starter[] = [
  {
    name: "network",
    query: `query TryNetwork {
  networkStats {
    supply totalStake aprBps memberCount activeValidatorCount
    asOfBlock { number hash }
  }
}`,
  },
  {
    name: "leaders",
    query: `query TryLeaders {
  validatorLeaderboard(limit: 20) {
    rank validatorId name tier totalStake commissionBps netAprBps
  }
}`,
  },
  {
    name: "members",
    query: `query TryMembers($after: String) {
  members(sort: { field: STAKE, direction: DESC }, first: 20, after: $after) {
    nodes { memberNo accountAddress shownTier status kycLevel totalStake createdAt }
    pageInfo { hasNextPage endCursor }
    asOfBlock { number hash }
  }
}`,
  },
  {
    name: "proposals",
    query: `query TryProposals {
  proposals(first: 20) {
    nodes { proposalId title state proposer forVotes againstVotes abstainVotes quorum voteEnd }
    asOfBlock { number hash }
  }
}`,
  },
  {
    name: "delegates",
    query: `query TryDelegates {
  delegates(first: 20) {
    nodes { address units delegatorCount ballotCount proposalCount }
    asOfBlock { number hash }
  }
}`,
  },
  {
    name: "slashes",
    query: `query TrySlashes {
  slashCases(first: 20) {
    nodes { caseId validatorId kind state openedAt }
    asOfBlock { number hash }
  }
}`,
  },
  {
    name: "suspensions",
    query: `query TrySuspensions {
  suspensions(first: 20) {
    nodes { suspensionId memberNo reason state suspendedAt endsAt verdict }
    asOfBlock { number hash }
  }
}`,
  },
  {
    name: "blocks",
    query: `query TryBlocks {
  blocks(first: 20) {
    nodes { number hash timestamp }
  }
}`,
  },
  {
    name: "activity",
    query: `query TryActivity {
  activity(first: 20) {
    nodes { name memberNo validatorId blockNumber transactionHash }
    asOfBlock { number hash }
  }
}`,
  },
  {
    name: "epochs",
    query: `query TryEpochs {
  epochReports(first: 20) {
    nodes { epoch state itemCount fromBlock toBlock confirmations support processedAt }
    asOfBlock { number hash }
  }
}`,
  },
  {
    name: "indexer",
    query: `query TryIndexer {
  indexerStatus { chainId head finalBlock finalityDepth problem indexed { number hash timestamp } }
  reorgs(limit: 20) { fromBlock depth oldHash newHash rowsUndone }
}`,
  },
  {
    name: "self",
    query: `query TrySelf($id: String!) {
  member(memberId: $id) {
    memberNo accountAddress shownTier status totalStake
    stakingPositions(first: 20) { nodes { positionId validatorId value pendingRewards since } }
    referral { count waitingCount }
  }
}`,
    variables: (memberId) => JSON.stringify({ id: memberId }, null, 2),
  },
];
