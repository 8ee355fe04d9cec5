import { countryOf } from "./data/countries.ts";
import { countryRisk, matchWeights, riskWeights } from "./data/weights.ts";
import type { Topic } from "./lists/entry.ts";
import { type ComparableName, comparable } from "./matching/names.ts";
import { jaroWinkler, likenessBound } from "./matching/similarity.ts";

/** Who is screened. */
export interface Person {
  /** In any script: the passport's Latin name and the native one. */
  names: string[];
  /** ISO 8601 day; null if it is not known. */
  birthDate: string | null;
  /** Alpha-2; null if it is not known. */
  country: string | null;
}

/** What of an entry is compared. */
export interface Comparable {
  names: ComparableName[];
  birthDates: string[];
  countries: string[];
}

interface Likeness {
  /** The entry's name that is most like one of the person's, as it was compared. */
  name: string;
  /** 0 to 1. */
  similarity: number;
}

/** Why a match has its score; the points add up to it, cut at 0 and 100. */
interface Feature {
  name: "name" | "birth_date" | "country" | "wallet";
  /** How it compares: `same`, `similar`, `same_year`, `unknown` or `differs`. */
  outcome: "same" | "similar" | "same_year" | "unknown" | "differs";
  points: number;
}

export interface Match {
  /** 0 to 100. */
  score: number;
  features: Feature[];
  likeness: Likeness | null;
}

export const comparableNames = (names: string[]): ComparableName[] => names.flatMap((name) => comparable(name) ?? []);

/** The two names, one of each, that are most alike; undefined below the floor. Scripts are never mixed. */
function mostAlike(own: ComparableName[], listed: ComparableName[]): Likeness | undefined {
  let best: Likeness | undefined;
  for (const a of own) {
    for (const b of listed) {
      const least = best?.similarity ?? matchWeights.nameFloor;
      if (a.script !== b.script || likenessBound(a, b) < least) continue;
      const similarity = jaroWinkler(a.text, b.text);
      if (similarity >= matchWeights.nameFloor && similarity > (best?.similarity ?? 0))
        best = { name: b.text, similarity };
    }
  }
  return best;
}

function dateOutcome(own: string | null, listed: string[]): keyof typeof matchWeights.birthDate {
  if (own === null || listed.length === 0) return "unknown";
  // A list that knows the year alone says no more than that.
  if (listed.some((date) => date.length === own.length && date === own)) return "same";
  return listed.some((date) => (date.length < own.length ? own.startsWith(date) : date.slice(0, 4) === own.slice(0, 4)))
    ? "sameYear"
    : "differs";
}

function countryOutcome(own: string | null, listed: string[]): keyof typeof matchWeights.country {
  if (own === null || listed.length === 0) return "unknown";
  return listed.includes(own) ? "same" : "differs";
}

const cut = (points: number) => Math.min(100, Math.max(0, Math.round(points)));

/** How well an entry fits a person; undefined if no name is alike. */
export function matchOf(person: Person & { comparable: ComparableName[] }, entry: Comparable): Match | undefined {
  const likeness = mostAlike(person.comparable, entry.names);
  if (!likeness) return undefined;
  const born = dateOutcome(person.birthDate, entry.birthDates);
  const from = countryOutcome(person.country, entry.countries);
  const isSame = likeness.similarity === 1;
  const features: Feature[] = [
    { name: "name", outcome: isSame ? "same" : "similar", points: Math.round(likeness.similarity * matchWeights.name) },
    {
      name: "birth_date",
      outcome: born === "sameYear" ? "same_year" : born,
      points: matchWeights.birthDate[born],
    },
    { name: "country", outcome: from, points: matchWeights.country[from] },
  ];
  return { score: cut(features.reduce((sum, { points }) => sum + points, 0)), features, likeness };
}

/** A wallet on a list is a match by itself. */
export const walletMatch: Match = {
  score: 100,
  features: [{ name: "wallet", outcome: "same", points: 100 }],
  likeness: null,
};

export const needsReview = ({ score }: Pick<Match, "score">): boolean => score >= matchWeights.review;

export const personOf = (about: {
  names: (string | undefined)[];
  birthDate?: string | undefined;
  nationality?: string | undefined;
}): Person & { comparable: ComparableName[] } => {
  const names = about.names.filter((name): name is string => Boolean(name));
  const country = (about.nationality && countryOf(about.nationality)) || null;
  return { names, birthDate: about.birthDate ?? null, country, comparable: comparableNames(names) };
};

type FactorName = keyof typeof riskWeights;

/** What a member's risk follows from. */
export interface RiskFacts {
  hasListedWallet: boolean;
  isConfirmed: boolean;
  /** Best score of a match that an officer has not dismissed; 0 if there is none. */
  bestOpenScore: number;
  topics: readonly Topic[];
  country: string | null;
  hasBirthDate: boolean;
  hasContractWallet: boolean;
}

export interface Risk {
  /** 0 to 100. */
  score: number;
  /** What adds to it, the heaviest first; the points add up to the score, cut at 100. */
  factors: { name: FactorName; points: number }[];
}

const isIn = (list: readonly string[], country: string | null) => country !== null && list.includes(country);

/** A member's risk of money laundering, with what each fact adds to it. */
export function riskOf(facts: RiskFacts): Risk {
  const holds: Record<FactorName, number> = {
    wallet_listed: Number(facts.hasListedWallet),
    sanctions_confirmed: Number(facts.isConfirmed),
    sanctions_open: facts.bestOpenScore / 100,
    politically_exposed: Number(facts.topics.includes("pep")),
    close_to_exposed: Number(facts.topics.includes("pep_relative")),
    country_prohibited: Number(isIn(countryRisk.prohibited, facts.country)),
    country_monitored: Number(isIn(countryRisk.monitored, facts.country)),
    birth_date_missing: Number(!facts.hasBirthDate),
    contract_wallet: Number(facts.hasContractWallet),
  };
  const factors = (Object.keys(holds) as FactorName[])
    .map((name) => ({ name, points: Math.round(holds[name] * riskWeights[name]) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points);
  return { score: cut(factors.reduce((sum, { points }) => sum + points, 0)), factors };
}

/** Share of its entries, in hundredths, that a list may lose from one version to the next. */
const MAX_SHRINK = 20;

/** Why a list must not come into force by itself; undefined if it may. @param before Entries in force; 0 for a first list */
export function loadRefusal(before: number, now: number): "LIST_EMPTY" | "LIST_SHRUNK" | undefined {
  if (now === 0) return "LIST_EMPTY";
  return now * 100 < before * (100 - MAX_SHRINK) ? "LIST_SHRUNK" : undefined;
}

export type HitState = "open" | "proposed" | "confirmed" | "dismissed" | "lapsed";

/** Whether a hit keeps somebody from being let in. A wallet's does before anybody has looked at it. */
export const blocks = ({ kind, state }: { kind: "wallet" | "name"; state: HitState }): boolean =>
  state === "confirmed" || (kind === "wallet" && (state === "open" || state === "proposed"));
