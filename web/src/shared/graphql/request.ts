/** What kept an answer away; each kind has its words. */
export type ProblemKind = "offline" | "server" | "rate-limited" | "forbidden" | "refused";

/** The indexer gave no answer to a question. */
export class GraphqlProblem extends Error {
  readonly code = "GRAPHQL_PROBLEM";
  readonly kind: ProblemKind;
  /** Seconds to wait, where the server says so. */
  readonly wait: number | undefined;
  readonly requestId: string | undefined;
  /** The API's own code, where it refused. */
  readonly refusal: string | undefined;
  constructor(kind: ProblemKind, message: string, wait?: number, requestId?: string, refusal?: string) {
    super(message);
    this.refusal = refusal;
    this.kind = kind;
    this.wait = wait;
    this.requestId = requestId;
  }
}

const TIMEOUT_MS = 8_000;
const kindOf = (status: number): ProblemKind =>
  status === 429 ? "rate-limited" : status === 401 || status === 403 ? "forbidden" : "server";

/**
 * Asks the indexer.
 * @throws {GraphqlProblem} with the kind of refusal.
 */
export async function ask<T>(query: string, variables: Record<string, unknown>, signal?: AbortSignal): Promise<T> {
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ query, variables }),
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
  }).catch((error: Error) => {
    throw new GraphqlProblem("offline", error.message);
  });
  const requestId = response.headers.get("x-request-id") ?? undefined;
  const answer = (await response.json().catch(() => undefined)) as
    | { data?: T | null; errors?: { message: string; extensions?: { code?: string } }[] }
    | undefined;
  const [refused] = answer?.errors ?? [];
  if (refused) throw new GraphqlProblem("refused", refused.message, undefined, requestId, refused.extensions?.code);
  if (!response.ok || !answer?.data) {
    const wait = Number(response.headers.get("retry-after")) || undefined;
    throw new GraphqlProblem(kindOf(response.status), `HTTP ${response.status}`, wait, requestId);
  }
  return answer.data;
}
