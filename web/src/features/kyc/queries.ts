import { useQuery } from "@tanstack/react-query";
import { useOwnNews } from "../../shared/session/own-news.ts";
import { authorised, type Session } from "../../shared/session/session.ts";

export type DocumentKind = "identity" | "residence" | "organisation" | "other";

export interface OwnDocument {
  id: string;
  kind: DocumentKind;
  mediaType: string;
  size: number;
  received: number;
  sha256: string | null;
}

export interface OwnCase {
  id: string;
  level: 1 | 2 | 3;
  state: "pending" | "review" | "approved" | "rejected" | "expired" | "revoked";
  reason: string | null;
  submittedAt: string | null;
  stateAt: string;
  reapplyAfter: string | null;
  isRetry: boolean;
  isAttested: boolean;
  sessionUrl: string | null;
  documents: OwnDocument[];
  comments: { at: string; text: string }[];
}

export interface OwnKyc {
  standing: { state: string; level: number; reapplyAfter: string | null };
  case: OwnCase | null;
}

export const pathOf = ({ memberId }: Session) => `/api/v1/members/${memberId}/kyc`;

/** While others work on a case, or the chain is about to show it, it is asked for again and again; less so while we are told. */
const CHANGING_MS = 3_000;
const TOLD_MS = 30_000;

export function useOwnKyc(session: Session) {
  const isTold = useOwnNews(session, "kyc");
  return useQuery({
    queryKey: ["kyc", session.memberId],
    queryFn: () => authorised<OwnKyc>("GET", pathOf(session)),
    refetchInterval: ({ state }) => {
      const own = state.data?.case;
      const isChanging = own?.state === "review" || (own?.state === "approved" && !own.isAttested);
      return isChanging ? (isTold ? TOLD_MS : CHANGING_MS) : false;
    },
  });
}

/** Documents without which a level cannot be asked for. */
export const neededFor: Record<1 | 2 | 3, readonly DocumentKind[]> = {
  1: ["identity"],
  2: ["identity", "residence"],
  3: ["identity", "residence", "organisation"],
};
