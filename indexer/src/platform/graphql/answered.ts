import { type ExecutionArgs, type ExecutionResult, execute, getOperationAST, OperationTypeNode } from "graphql";
import type { Context } from "./context.ts";

const writes = ({ document, operationName }: ExecutionArgs) =>
  getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION;

/**
 * Answers a document at one moment of the database. What writes is read where it writes, and its asker's next answers hold
 * it; what was read from a replica that failed is read anew where it is written, and nobody notices.
 */
export async function answered(args: ExecutionArgs): Promise<ExecutionResult> {
  const context = args.contextValue as Context;
  if (writes(args)) {
    await context.moveToPrimary();
    const result = await execute(args);
    // What was asked for is done, whether or not its asker can be told to look for it.
    await context.wrote().catch(() => undefined);
    return result;
  }
  const result = await execute(args);
  if (!context.isLost()) return result;
  await context.moveToPrimary();
  return execute(args);
}
