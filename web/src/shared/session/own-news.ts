import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { socketUrl } from "../graphql/socket.ts";
import { renew, type Session } from "./session.ts";

const OWN = `subscription OwnNews($id: String!) {
  memberUpdated(memberId: $id) { tier status affairs { registration kyc roles sessions intents { id state } } } }`;

interface Coded {
  extensions?: { code?: unknown } | undefined;
}

/** A token that has run out; the session may go on. */
const isRunOut = (errors: readonly Coded[]) =>
  errors.some(({ extensions }) => extensions?.code === "TOKEN_ENDED" || extensions?.code === "SIGN_IN_REQUIRED");

/**
 * Follows the member's own affairs: at each change what `subject` (first word of a query's key) has answered is asked
 * again. Whoever sees false must ask now and then; whoever sees true is told.
 */
export function useOwnNews({ memberId, accessToken }: Session, subject: string): boolean {
  const queries = useQueryClient();
  const [isHeard, setHeard] = useState(false);
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isOver = false;
    const ended = (errors: readonly Coded[]) => {
      setHeard(false);
      // The session that comes of it begins this effect anew, with its token.
      if (!isOver && isRunOut(errors)) void renew().catch(() => undefined);
    };
    void import("graphql-ws").then(({ createClient }) => {
      if (isOver) return;
      const connectionParams = { authorization: `Bearer ${accessToken}` };
      const url = socketUrl();
      const client = createClient({ url, connectionParams, retryAttempts: Number.POSITIVE_INFINITY });
      client.on("closed", () => setHeard(false));
      client.subscribe(
        { query: OWN, variables: { id: memberId } },
        {
          next: ({ errors }) => {
            if (errors) return ended(errors);
            setHeard(true);
            void queries.invalidateQueries({ queryKey: [subject, memberId] });
          },
          error: (error) => ended(Array.isArray(error) ? error : []),
          complete: () => setHeard(false),
        },
      );
      stop = () => void client.dispose();
    });
    return () => {
      isOver = true;
      stop?.();
    };
  }, [queries, memberId, accessToken, subject]);
  return isHeard;
}
