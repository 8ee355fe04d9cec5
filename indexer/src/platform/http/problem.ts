import { CodedError } from "../errors.ts";

export interface FieldError {
  /** Path of the field, joined by dots. */
  field: string;
  message: string;
}

/** A refusal that HTTP words as RFC 9457 says. */
export class Problem extends CodedError {
  readonly status: number;
  readonly errors: FieldError[];
  /** Headers that belong to the refusal, such as Retry-After. */
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { errors?: FieldError[]; headers?: Record<string, string> } = {},
  ) {
    super(code, message);
    this.status = status;
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }
}

/** What PostgreSQL says of values that it cannot hold, and when it ends a statement, by its code. */
export const storeRefusals: Record<string, Problem> = {
  "22021": new Problem(422, "INPUT_INVALID", "a text contains a character that cannot be stored"),
  "22003": new Problem(422, "INPUT_INVALID", "a number is out of range"),
  "57014": new Problem(503, "QUERY_TOO_SLOW", "the query took too long; ask for less"),
};

/** The body of a refusal, media type application/problem+json. */
export const problemBody = ({ status, code, message, errors }: Problem, traceId: string) => ({
  type: `urn:tburn:problem:${code.toLowerCase().replaceAll("_", "-")}`,
  title: message,
  status,
  code,
  traceId,
  ...(errors.length > 0 ? { errors } : {}),
});
