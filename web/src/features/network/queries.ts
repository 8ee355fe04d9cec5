export interface NetworkDay {
  day: number;
  delegated: string;
  selfStake: string;
  rewards: string;
  burned: string;
}

export interface NetworkAnswer {
  networkStats: {
    totalStake: string;
    aprBps: number;
    activeValidatorCount: number;
    validatorCount: number;
    memberCount: number;
    openPositionCount: number;
    supply: string;
    burned: string;
    daily: NetworkDay[];
  };
}

export const NETWORK = `query Network($days: Int!) { networkStats {
  totalStake aprBps activeValidatorCount validatorCount memberCount openPositionCount supply burned
  daily(days: $days) { day delegated selfStake rewards burned } } }`;
