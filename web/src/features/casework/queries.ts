import { useQuery } from "@tanstack/react-query";
import { authorised } from "../../shared/session/session.ts";

type CaseState = "pending" | "review" | "recommended" | "approved" | "rejected" | "expired" | "revoked";
type Answer = "none" | "waiting" | "green" | "red_retry" | "red_final";

export interface QueuedCase {
  id: string;
  level: 1 | 2 | 3;
  state: CaseState;
  answer: Answer;
  submittedAt: string | null;
  isLeased: boolean;
  isMine: boolean;
}

export interface CaseDocument {
  id: string;
  kind: "identity" | "residence" | "organisation" | "other";
  mediaType: string;
  size: number;
  sha256: string;
  isRead: boolean;
}

export interface Case {
  id: string;
  memberId: string;
  level: 1 | 2 | 3;
  state: CaseState;
  answer: Answer;
  provider: string;
  reason: string | null;
  submittedAt: string | null;
  lease: { until: string; isMine: boolean } | null;
  recommendedBy: string | null;
  /** Whether I recommended it: then another officer decides. */
  isMine: boolean;
  approvalId: string | null;
  applicant: Record<"legal_name" | "latin_name" | "birth_date" | "nationality", string | null>;
  findings: {
    checks: { name: string; result: "passed" | "failed" | "unclear" }[];
    amlScore: number | null;
    isSanctioned: boolean | null;
    isExposed: boolean | null;
    labels: string[];
  } | null;
  documents: CaseDocument[];
  steps: { at: string; state: CaseState; actorId: string | null; reason: string | null }[];
  remarks: { at: string; authorId: string; kind: "comment" | "note"; text: string }[];
  revocations: { uid: string; to: string; data: `0x${string}` }[];
}

export const casePath = (id: string) => `/api/v1/admin/kyc-cases/${id}`;

/** Others work on the same cases. */
const REFRESH_MS = 10_000;

export const useQueue = () =>
  useQuery({
    queryKey: ["casework"],
    queryFn: async () => (await authorised<{ cases: QueuedCase[] }>("GET", "/api/v1/admin/kyc-cases")).cases,
    refetchInterval: REFRESH_MS,
    retry: false,
  });

export const useCase = (id: string) =>
  useQuery({
    queryKey: ["casework", id],
    queryFn: () => authorised<Case>("GET", casePath(id)),
    retry: false,
  });
