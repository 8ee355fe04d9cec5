/**
 * Points of a match, which add up to a score from 0 to 100. Whoever changes them changes who is looked at: results keep
 * the points they were made with.
 */
export const matchWeights = {
  /** Names less alike than this are no match. `KIM Min Su` and `KIM Min Soo` are alike by 0.95. */
  nameFloor: 0.88,
  /** A name that is quite the same. */
  name: 80,
  birthDate: { same: 15, sameYear: 8, unknown: 0, differs: -40 },
  country: { same: 5, unknown: 0, differs: -5 },
  /** From here on an officer looks at it. */
  review: 70,
} as const;

/** Points of what makes a member a risk of money laundering; the sum is cut at 100. */
export const riskWeights = {
  wallet_listed: 100,
  sanctions_confirmed: 100,
  /** Times the best open match's score, in hundredths. */
  sanctions_open: 60,
  politically_exposed: 30,
  close_to_exposed: 15,
  country_prohibited: 40,
  country_monitored: 15,
  birth_date_missing: 10,
  /** Who stands behind a contract's signature is not told by it. */
  contract_wallet: 5,
} as const;

/**
 * Countries by ISO 3166-1 alpha-2, as the Financial Action Task Force named them when this was written: those against
 * which it calls for action, and some under increased monitoring. Compliance keeps it current.
 */
export const countryRisk = {
  prohibited: ["IR", "KP", "MM"],
  monitored: ["AF", "CD", "HT", "LB", "LY", "ML", "SO", "SS", "SY", "VE", "YE"],
} as const;
