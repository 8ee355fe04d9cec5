import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { forgetConsents } from "../../shared/session/consents.ts";
import { useOwnNews } from "../../shared/session/own-news.ts";
import { authorised, Refused, type Session } from "../../shared/session/session.ts";
import type { State, Tier } from "./stages.ts";

/** A registration as the server tells it. Times are ISO 8601, amounts base units. */
export interface Registration {
  id: string;
  state: State;
  tier: Tier;
  open: string[];
  deadline: string | null;
  code: { kind: "email" | "phone"; attemptsLeft: number; expiresAt: string; resendAt: string } | null;
  kycLevel: number;
  kycNeeded: 1 | 2 | 3;
  reapplyAfter: string | null;
  stake: {
    least: string;
    asked: string | null;
    held: string;
    standing: "none" | "seen" | "final" | "gone";
    block: number | null;
  } | null;
  /** Absent from tiers without a validator. */
  node: { state: NodeState; askedAt: string | null } | null;
  queuePosition: number | null;
}

export type NodeState =
  | "NOT_ASKED"
  | "ASKED"
  | "ANSWERED"
  | "UNREACHABLE"
  | "WRONG_KEY"
  | "UNREADABLE"
  | "REFUSED_ADDRESS"
  | "EXPIRED"
  | "KEY_CHANGED";

const keyOf = (memberId: string) => ["registration", memberId];
/** Others find something out meanwhile: the mirror, and who looks at identities. Asked less often while we are told. */
const POLL_MS = 4_000;
const TOLD_MS = 30_000;
/** What a stake is worth yet is not told before it is a member's. */
const untold: State[] = ["STAKE_INTENT"];
const watched: State[] = ["KYC_PENDING", "KYC_REVIEW", "STAKE_INTENT", "PENDING_APPROVAL"];

export function useRegistration(session: Session) {
  const isTold = useOwnNews(session, "registration");
  return useQuery({
    queryKey: keyOf(session.memberId),
    queryFn: async () =>
      (await authorised<{ registration: Registration | null }>("GET", "/api/v1/registrations/current")).registration,
    refetchInterval: ({ state: { data } }) => {
      if (data?.node?.state === "ASKED") return POLL_MS;
      if (!data || !watched.includes(data.state)) return false;
      return isTold && !untold.includes(data.state) ? TOLD_MS : POLL_MS;
    },
  });
}

interface Asked {
  path: string;
  body?: object;
}

/**
 * Takes a step. What was asked and not answered is asked again under the same key, so that it is done once; after an
 * answer the next try is another one.
 */
export function useStep(memberId: string) {
  const queries = useQueryClient();
  const pending = useRef<{ asked: string; key: string } | undefined>(undefined);
  return useMutation({
    mutationFn: async ({ path, body }: Asked) => {
      const asked = JSON.stringify([path, body]);
      if (pending.current?.asked !== asked) pending.current = { asked, key: crypto.randomUUID() };
      const { key } = pending.current;
      try {
        const answer = await authorised<Registration>("POST", path, body, { "idempotency-key": key });
        pending.current = undefined;
        return answer;
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== 0) pending.current = undefined;
        throw error;
      }
    },
    onSuccess: async (registration) => {
      // What was agreed to with it stands now, and must not be asked for once more in between.
      await forgetConsents(queries, memberId);
      queries.setQueryData(keyOf(memberId), registration);
    },
    // A refused try was counted, somebody else has moved it, or other words are in force.
    onError: () =>
      Promise.all([queries.invalidateQueries({ queryKey: keyOf(memberId) }), forgetConsents(queries, memberId)]),
  });
}

/** What each stage is given. */
export interface StageProps {
  registration: Registration;
  memberId: string;
}
