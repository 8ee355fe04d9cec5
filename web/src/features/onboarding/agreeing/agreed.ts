import { useState } from "react";
import type { Locale } from "../../../shared/i18n/i18n.ts";
import type { Consent } from "../../../shared/session/consents.ts";

/** What is left to agree to, in the words that somebody reads in `locale`. */
export const leftOf = (consents: Consent[], locale: Locale) =>
  consents
    .filter(({ isGiven }) => !isGiven)
    .map(({ purpose, version, isRequired, texts }) => ({ purpose, version, isRequired, ...texts[locale] }));

export type Left = ReturnType<typeof leftOf>[number];

/** Which of them somebody has ticked; none at first. Words that take the place of others are not ticked. */
export function useTicks() {
  const [hashes, setHashes] = useState<ReadonlySet<string>>(new Set());
  return {
    has: ({ hash }: Left) => hashes.has(hash),
    set: ({ hash }: Left, isTicked: boolean) => {
      const next = new Set(hashes);
      if (isTicked) next.add(hash);
      else next.delete(hash);
      setHashes(next);
    },
  };
}
export type Ticks = ReturnType<typeof useTicks>;
