import { GraphQLError } from "graphql";

/** An error whose `extensions.code` callers may rely on. */
export const codedError = (code: string, message: string) => new GraphQLError(message, { extensions: { code } });
