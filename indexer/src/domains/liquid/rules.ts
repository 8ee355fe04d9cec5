/** What can happen to a holder, by the number that the table keeps. */
export const movementKinds = ["DEPOSIT", "REDEMPTION_REQUESTED", "REDEMPTION_PAID"] as const;
