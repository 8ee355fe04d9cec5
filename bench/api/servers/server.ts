/** What is asked of a server of an API. */
export interface Asked {
  method: "GET" | "POST";
  path: string;
  body?: string;
}

export const questionNames = ["validator", "delegations", "validators"] as const;
export type QuestionName = (typeof questionNames)[number];

/** What each question is, in words. */
export const questions: Record<QuestionName, string> = {
  validator: "one validator with its ten largest delegations",
  delegations: "fifty delegations of a validator by amount, behind a cursor",
  validators: "fifty validators, each with its member",
};

/** Validators of the chain's story. */
const FIRST_VALIDATOR = 101;
export const VALIDATORS = 200;
export const validatorOf = (n: number) => FIRST_VALIDATOR + (n % VALIDATORS);

/** An id with the amount, or the owner, that belongs to it. */
export type Entry = readonly [id: string, value: string];

/** A server that answers the same questions as the others, in its own words. */
export interface ApiServer {
  name: string;
  says: string;
  url: string;
  pid: number;
  /** The question's `n`-th form: of another validator each time. Absent where the server has no such route. */
  asks: Partial<Record<QuestionName, (n: number) => Asked>>;
  /** Entries of an answer, in their order. */
  entries(question: QuestionName, body: unknown): Entry[];
  stop(): Promise<void>;
}

/** The page before the one that is asked for: short, so that a small chain has something behind it. */
export const before = (query: string) => query.replace("50", "10");

/** A question of GraphQL as it goes over the wire. */
export const graphql = (path: string, query: string, variables: object): Asked => ({
  method: "POST",
  path,
  body: JSON.stringify({ query: query.replaceAll(/\s+/g, " "), variables }),
});
