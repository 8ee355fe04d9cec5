import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { authorised } from "../../shared/session/session.ts";
import type { Detail, StaffRole } from "./kinds.ts";

export interface Proposal {
  id: string;
  kind: string;
  subjectId: string;
  detail: Detail;
  proposedAt: string;
  expiresAt: string;
  decidedAt: string | null;
  outcome: "approved" | "rejected" | "withdrawn" | "expired" | null;
  reason: string | null;
  isMine: boolean;
  /** Whether a role of mine decides such, and another person proposed it. */
  mayDecide: boolean;
  subjectAddress: string | null;
  proposedByAddress: string | null;
  decidedByAddress: string | null;
}

export interface Colleague {
  memberId: string;
  address: string;
  role: StaffRole;
  expiresAt: string;
}

export interface RoleChange {
  change: "appoint" | "dismiss";
  address: string;
  role: StaffRole;
}

const PATH = "/api/v1/admin/approvals";
/** Others propose and decide meanwhile. */
const REFRESH_MS = 5_000;

export const useProposals = (state: "open" | "decided") =>
  useQuery({
    queryKey: ["approvals", state],
    queryFn: async () => (await authorised<{ approvals: Proposal[] }>("GET", `${PATH}?state=${state}`)).approvals,
    refetchInterval: REFRESH_MS,
    retry: false,
  });

export const useColleagues = () =>
  useQuery({
    queryKey: ["colleagues"],
    queryFn: async () => (await authorised<{ staff: Colleague[] }>("GET", "/api/v1/admin/staff")).staff,
    retry: false,
  });

/** Everything that a decision may have changed. */
function useChanged() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["approvals"] }),
      queries.invalidateQueries({ queryKey: ["colleagues"] }),
    ]);
}

export const useDecide = (id: string) => {
  const onSuccess = useChanged();
  return useMutation({
    mutationFn: (verdict: { approve: boolean; reason: string }) =>
      authorised("POST", `${PATH}/${id}/decision`, verdict),
    onSuccess,
  });
};

export const useWithdraw = (id: string) => {
  const onSuccess = useChanged();
  return useMutation({ mutationFn: () => authorised("DELETE", `${PATH}/${id}`), onSuccess });
};

export const useProposeRole = () => {
  const onSuccess = useChanged();
  return useMutation({
    mutationFn: (change: RoleChange) => authorised("POST", "/api/v1/admin/staff", change),
    onSuccess,
  });
};
