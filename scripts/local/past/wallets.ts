/** Wallets of the local chain by number. Wallet 0 deployed the contracts, attests and keeps compliance. */
const COMPLIANCE = 0;
export const ATTESTER = COMPLIANCE;
export const COUNCIL = 1;
export const GUARDIAN = 2;
export const COMMITTEE = 3;
export const REPORTER = 4;
export const DELEGATOR = 5;
export const MEMBER = 6;
/** They work for the service, not for the chain: one recommends, the other decides, a third only looks. */
export const OFFICERS = [7, 58];
export const AUDITOR = 9;
export const NEWCOMER = 8;
/** Anchors roots of the audit trail, and does nothing else: a service's key, handed to nobody. */
export const ANCHORER = 59;
export const VALIDATOR_WALLETS = Array.from({ length: 12 }, (_, i) => 10 + i);
export const DELEGATOR_WALLETS = Array.from({ length: 36 }, (_, i) => 22 + i);

/** Wallet of a validator of the told past, by the validator's id. */
export const walletOf = (validatorId: number): number => VALIDATOR_WALLETS[validatorId - 1] ?? 10;

/** These are handed out, keys and all. Who decides is never who accused, so each role has a wallet of its own. */
export const DEMO_ACCOUNTS = [
  { index: DELEGATOR, label: "Demo delegator" },
  { index: MEMBER, label: "Demo member" },
  { index: VALIDATOR_WALLETS[0] ?? 10, label: "Demo validator" },
  { index: NEWCOMER, label: "Demo newcomer" },
  { index: COUNCIL, label: "Demo council" },
  { index: GUARDIAN, label: "Demo guardian" },
  { index: COMMITTEE, label: "Demo committee" },
  { index: COMPLIANCE, label: "Demo compliance" },
  { index: OFFICERS[0] ?? 7, label: "Demo officer one" },
  { index: OFFICERS[1] ?? 58, label: "Demo officer two" },
  { index: AUDITOR, label: "Demo auditor" },
];
