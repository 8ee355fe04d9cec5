/** An error whose `code` is a promise to callers and whose message says what to do. */
export class CodedError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The process cannot go on by itself; somebody has to act. */
export class FatalError extends CodedError {}
