import { z } from "zod";
import type { MemberActor } from "../../platform/access/door.ts";
import type { Context } from "../../platform/graphql/context.ts";
import { Problem } from "../../platform/http/problem.ts";
import { checked } from "../../platform/http/rest.ts";
import { type CommandName, commands } from "./service/commands.ts";
import { ownIntent, ownIntents } from "./service/following.ts";
import type { ShownIntent } from "./service/showing.ts";

const uuid = z.uuid();

interface Keyed {
  idempotencyKey: string;
}

/** Only the caller's own id is answered to; anybody else's and nobody's look alike. */
function requireSelf({ memberId }: MemberActor, named: string): void {
  if (named !== memberId) throw new Problem(404, "MEMBER_NOT_FOUND", "there is no such member");
}

/** What was given: the language writes null for what was not. */
const given = (input: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined));

async function carriedOut<T>(context: Context, name: CommandName, key: string, input: object): Promise<T> {
  const people = context.people();
  const { body } = await commands[name].carryOut(people.kit, people.member(), people.requestId, given(input), key);
  return body as T;
}

/** A command of the member that an argument names beside its input. */
const byMember =
  (name: CommandName) =>
  async (_root: unknown, args: Keyed & { memberId: string }, context: Context): Promise<ShownIntent> => {
    const { memberId, idempotencyKey, ...input } = args;
    requireSelf(context.people().member(), memberId);
    return carriedOut(context, name, idempotencyKey, input);
  };

const byInput =
  (name: CommandName) =>
  (_root: unknown, args: Keyed & { input: object }, context: Context): Promise<ShownIntent> =>
    carriedOut(context, name, args.idempotencyKey, args.input);

const seconds = (iso: string): number => Math.floor(Date.parse(iso) / 1_000);

export const resolvers = {
  Query: {
    transactionIntents: (_root: unknown, _args: unknown, context: Context) => {
      const people = context.people();
      return ownIntents(people.kit, people.member());
    },
    transactionIntent: (_root: unknown, { id }: { id: string }, context: Context) => {
      const people = context.people();
      return ownIntent(people.kit, people.member(), checked(uuid, id));
    },
  },
  Mutation: {
    stakeTokens: byMember("stake"),
    delegateStake: byMember("delegate"),
    claimRewards: byMember("claimRewards"),
    unstakeTokens: (_root: unknown, { idempotencyKey, ...input }: Keyed, context: Context) =>
      carriedOut<ShownIntent>(context, "unstake", idempotencyKey, input),
    createProposal: byInput("createProposal"),
    registerValidator: byInput("registerValidator"),
    castVote: (_root: unknown, args: Keyed & { proposalId: string; vote: object }, context: Context) =>
      carriedOut<ShownIntent>(context, "castVote", args.idempotencyKey, { ...args.vote, proposalId: args.proposalId }),
    updateValidatorConfig: (
      _root: unknown,
      { validatorId, config, idempotencyKey }: Keyed & { validatorId: number; config: object },
      context: Context,
    ) => carriedOut<ShownIntent>(context, "updateValidatorConfig", idempotencyKey, { ...config, validatorId }),
    suspendMember: (_root: unknown, args: Keyed & { memberId: string; reason: object }, context: Context) =>
      carriedOut<object>(context, "suspendMember", args.idempotencyKey, { ...args.reason, memberId: args.memberId }),
    restoreMember: (_root: unknown, { memberId, idempotencyKey }: Keyed & { memberId: string }, context: Context) =>
      carriedOut<ShownIntent>(context, "restoreMember", idempotencyKey, { memberId }),
    appealSuspension: async (
      _root: unknown,
      { suspensionId, appeal, idempotencyKey }: Keyed & { suspensionId: number; appeal: object },
      context: Context,
    ) => {
      const input = { ...appeal, suspensionId };
      const { statement, ...intent } = await carriedOut<
        ShownIntent & { statement: { hash: string; document: string } }
      >(context, "appealSuspension", idempotencyKey, input);
      return { intent, statementHash: statement.hash, document: statement.document };
    },
  },
  TransactionIntent: {
    createdAt: ({ createdAt }: ShownIntent) => seconds(createdAt),
    expiresAt: ({ expiresAt }: ShownIntent) => seconds(expiresAt),
  },
};
