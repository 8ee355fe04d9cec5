import { useQuery, useQueryClient } from "@tanstack/react-query";
import { authorised } from "../../../shared/session/session.ts";

export interface Factors {
  totp: boolean;
  passkeys: { id: string; name: string; createdAt: string; lastUsedAt: string | null }[];
  recoveryCodesLeft: number;
}

const KEY = ["factors"];

export const useFactors = () =>
  useQuery({ queryKey: KEY, queryFn: () => authorised<Factors>("GET", "/api/v1/auth/mfa") });

export function useFactorsChanged() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: KEY });
}
