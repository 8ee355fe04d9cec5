import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { authorised } from "../../shared/session/session.ts";

/** What a key may be for, as the server knows it. */
export const scopes = ["profile:read", "profile:write", "registration:read", "audit:read"] as const;
export type Scope = (typeof scopes)[number];

export interface ApiKey {
  id: string;
  name: string;
  scopes: Scope[];
  ratePerMinute: number;
  networks: string[];
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  state: "good" | "expired" | "suspended";
  /** Whole numbers as text: of thirty days, and of today. */
  requests: string;
  requestsToday: string;
}

export interface WantedKey {
  name: string;
  scopes: Scope[];
  expiresInDays: number;
  networks: string[];
  ratePerMinute: number;
}

const pathOf = (memberId: string) => `/api/v1/members/${memberId}/api-keys`;
const keyOf = (memberId: string) => ["api-keys", memberId];

export const useKeys = (memberId: string) =>
  useQuery({
    queryKey: keyOf(memberId),
    queryFn: async () => (await authorised<{ apiKeys: ApiKey[] }>("GET", pathOf(memberId))).apiKeys,
  });

/** Makes a key; its text is in the answer, and nowhere else. */
export function useMakeKey(memberId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wanted: WantedKey) => authorised<{ key: string }>("POST", pathOf(memberId), wanted),
    onSuccess: () => queries.invalidateQueries({ queryKey: keyOf(memberId) }),
    gcTime: 0,
  });
}

export function useEndKey(memberId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => authorised("DELETE", `${pathOf(memberId)}/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: keyOf(memberId) }),
  });
}
