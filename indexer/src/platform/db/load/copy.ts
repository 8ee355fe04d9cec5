import pg from "pg";

/** So many rows are worth the round trip that a copy waits. */
export const WORTH_A_COPY = 100;

/** What pg's own connection can do, which its types leave out. */
interface Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

class CopyIn extends pg.Query {
  readonly #chunks: Buffer[];

  constructor(statement: string, chunks: Buffer[], callback: (error: Error | undefined) => void) {
    super(statement, callback as never);
    this.#chunks = chunks;
  }

  handleCopyInResponse(connection: Connection): void {
    for (const chunk of this.#chunks) connection.sendCopyFromChunk(chunk);
    connection.endCopyFrom();
  }
}

/** Sends `chunks` into a `copy … from stdin`. Danger: no other statement may be sent on this connection before it ends. */
export function copyIn(
  client: { query(query: pg.Query): unknown },
  statement: string,
  chunks: Buffer[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new CopyIn(statement, chunks, (error) => (error ? reject(error) : resolve())));
  });
}
