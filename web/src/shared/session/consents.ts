import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { authorised } from "./session.ts";

/** What a member is asked to agree to, in the words in force. */
export interface Consent {
  purpose: "terms" | "personal_data" | "news";
  version: number;
  isRequired: boolean;
  texts: Record<"ko" | "en", { text: string; hash: string }>;
  isGiven: boolean;
  since: string | null;
}

const pathOf = (memberId: string) => `/api/v1/members/${memberId}/consents`;
const keyOf = (memberId: string) => ["consents", memberId];

export const useConsents = (memberId: string) =>
  useQuery({
    queryKey: keyOf(memberId),
    queryFn: async () => (await authorised<{ consents: Consent[] }>("GET", pathOf(memberId))).consents,
  });

/** Has them asked again: something else may have changed them. */
export const forgetConsents = (queries: QueryClient, memberId: string): Promise<void> =>
  queries.invalidateQueries({ queryKey: keyOf(memberId) });

/** Agrees, or takes it back, naming the words that were shown. */
export function useSay(memberId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (word: { purpose: Consent["purpose"]; given: boolean; textHash: string }) =>
      authorised<{ consents: Consent[] }>("PUT", pathOf(memberId), word),
    onSuccess: ({ consents }) => queries.setQueryData(keyOf(memberId), consents),
  });
}
