const STORED = "tburn.referral";

/** Keeps the code by which somebody came until a registration begins, over sign-in and another visit. */
export const keepReferral = (code: string): void => localStorage.setItem(STORED, code);

/** The code that was brought; empty without one. */
export const keptReferral = (): string => localStorage.getItem(STORED) ?? "";

export const dropReferral = (): void => localStorage.removeItem(STORED);
