import { useQuery } from "@tanstack/react-query";
import { authorised } from "../../../shared/session/session.ts";

type HitState = "open" | "proposed" | "confirmed" | "dismissed" | "lapsed";

export interface QueuedHit {
  id: string;
  memberId: string;
  kind: "wallet" | "name";
  /** 0 to 100. */
  score: number;
  state: HitState;
  openedAt: string;
  isMine: boolean;
  amlScore: number | null;
  isExposed: boolean | null;
}

/** What adds to a score. */
interface Feature {
  name: "name" | "birth_date" | "country" | "wallet";
  outcome: "same" | "similar" | "same_year" | "unknown" | "differs";
  points: number;
}

export interface Hit {
  id: string;
  memberId: string;
  kind: "wallet" | "name";
  score: number;
  state: HitState;
  openedAt: string;
  decidedAt: string | null;
  approvalId: string | null;
  reason: string | null;
  /** Whether I proposed its confirmation: then another officer decides. */
  isMine: boolean;
  list: string;
  entryId: string;
  caption: string;
  wallet: string | null;
  features: Feature[];
  likeness: { name: string; similarity: number } | null;
}

type Factor =
  | "wallet_listed"
  | "sanctions_confirmed"
  | "sanctions_open"
  | "politically_exposed"
  | "close_to_exposed"
  | "country_prohibited"
  | "country_monitored"
  | "birth_date_missing"
  | "contract_wallet";

export interface MemberScreening {
  result: {
    at: string;
    amlScore: number | null;
    isExposed: boolean | null;
    versions: Record<string, string>;
    factors: { name: Factor; points: number }[];
  } | null;
  hits: Hit[];
}

export interface ListVersion {
  id: string;
  list: string;
  format: string;
  state: "staged" | "held" | "in_force" | "replaced" | "refused";
  sha256: string;
  entries: number;
  before: number;
  approvalId: string | null;
  loadedAt: string;
}

export const hitPath = (id: string) => `/api/v1/admin/screening-hits/${id}`;
export const listPath = (id: string) => `/api/v1/admin/sanctions-lists/${id}`;

/** Others work on the same hits. */
const REFRESH_MS = 10_000;

export const useHits = () =>
  useQuery({
    queryKey: ["screening"],
    queryFn: async () => (await authorised<{ hits: QueuedHit[] }>("GET", "/api/v1/admin/screening-hits")).hits,
    refetchInterval: REFRESH_MS,
    retry: false,
  });

export const useHit = (id: string) =>
  useQuery({ queryKey: ["screening", id], queryFn: () => authorised<Hit>("GET", hitPath(id)), retry: false });

export const useMemberScreening = (memberId: string) =>
  useQuery({
    queryKey: ["screening", "member", memberId],
    queryFn: () => authorised<MemberScreening>("GET", `/api/v1/admin/members/${memberId}/screening`),
    retry: false,
  });

export const useLists = () =>
  useQuery({
    queryKey: ["screening", "lists"],
    queryFn: async () =>
      (await authorised<{ versions: ListVersion[] }>("GET", "/api/v1/admin/sanctions-lists")).versions,
    retry: false,
  });
