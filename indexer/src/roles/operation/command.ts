import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Env } from "../../env.ts";
import { FatalError } from "../../platform/errors.ts";

/** A command of the command line. */
export interface Command {
  /** What `--help` prints behind it. */
  help: string;
  run(env: Env, args: string[]): Promise<unknown>;
}

/** Options as a command declares them. @throws {FatalError} COMMAND_INVALID for what it does not know */
export function optionsOf<T extends NonNullable<ParseArgsConfig["options"]>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new FatalError("COMMAND_INVALID", error instanceof Error ? error.message : "the options are not understood");
  }
}

/** A whole number that an option gives. @throws {FatalError} COMMAND_INVALID */
export function wholeOf(name: string, text: string | undefined, otherwise?: number): number {
  const value = text === undefined ? otherwise : /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  if (value === undefined) throw new FatalError("COMMAND_INVALID", `--${name} must be a whole number`);
  return value;
}

/** A file that an option names. @throws {FatalError} COMMAND_INVALID */
export function fileOf(name: string, text: string | undefined): string {
  if (!text) throw new FatalError("COMMAND_INVALID", `--${name} must name a file`);
  return text;
}
