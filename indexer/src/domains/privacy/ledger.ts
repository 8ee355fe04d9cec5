import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { z } from "zod";
import { FatalError } from "../../platform/errors.ts";

const line = z.strictObject({ memberId: z.uuid(), at: z.iso.datetime() });

/**
 * Who was erased, in a file that no backup of a database contains: a restored one is held against it before anybody is
 * served. It is only added to. Ids name nobody once their rows are gone.
 */
export class ErasureLedger {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Writes an erasure down, on the disk itself when this returns. */
  append(memberId: string, at: Date): void {
    const file = openSync(this.#path, "a", 0o600);
    try {
      writeSync(file, `${JSON.stringify({ memberId, at: at.toISOString() })}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }

  /**
   * Everybody who was erased.
   * @throws {FatalError} LEDGER_BROKEN if a line is not one: what it said must be found out before anybody is served
   */
  read(): string[] {
    if (!existsSync(this.#path)) return [];
    const lines = readFileSync(this.#path, "utf8").split("\n");
    // A crash in the midst of a line leaves a last one that nobody acted on.
    const whole = lines.slice(0, -1);
    const ids = whole.map((text, i) => {
      const parsed = line.safeParse(textOf(text));
      if (!parsed.success) throw new FatalError("LEDGER_BROKEN", `line ${i + 1} of the erasure ledger is not readable`);
      return parsed.data.memberId;
    });
    return [...new Set(ids)];
  }
}

function textOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
