import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { downloadFile } from "../../shared/format/file.ts";
import { authorised, authorisedFile } from "../../shared/session/session.ts";

export interface Consent {
  purpose: "terms" | "personal_data" | "news";
  isRequired: boolean;
  texts: Record<"ko" | "en", { text: string; hash: string }>;
  isGiven: boolean;
  since: string | null;
}

export interface DataCopy {
  id: string;
  state: "waiting" | "ready" | "fetched" | "ended";
  endsAt: string;
}

const consentsPath = (memberId: string) => `/api/v1/members/${memberId}/consents`;
const copyPath = (memberId: string) => `/api/v1/members/${memberId}/export`;

export const useConsents = (memberId: string) =>
  useQuery({
    queryKey: ["consents", memberId],
    queryFn: async () => (await authorised<{ consents: Consent[] }>("GET", consentsPath(memberId))).consents,
  });

/** Agrees, or takes it back, naming the words that were shown. */
export function useSay(memberId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (word: { purpose: Consent["purpose"]; given: boolean; textHash: string }) =>
      authorised<{ consents: Consent[] }>("PUT", consentsPath(memberId), word),
    onSuccess: ({ consents }) => queries.setQueryData(["consents", memberId], consents),
  });
}

const POLL_MS = 2_000;

export const useCopy = (memberId: string) =>
  useQuery({
    queryKey: ["export", memberId],
    queryFn: async () => (await authorised<{ export: DataCopy | null }>("GET", copyPath(memberId))).export,
    refetchInterval: ({ state }) => (state.data?.state === "waiting" ? POLL_MS : false),
  });

/** Asks for a copy; the key that opens it is in the answer, and nowhere else. */
export function useAskCopy(memberId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => authorised<{ key: string | null }>("POST", copyPath(memberId), {}),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["export", memberId] }),
    gcTime: 0,
  });
}

export function useFetchCopy(memberId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      const bytes = await authorisedFile(`${copyPath(memberId)}/${id}/archive`, "POST");
      downloadFile("tburn-members-export.zip.age", bytes);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["export", memberId] }),
  });
}

export function useDropCopy(memberId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => authorised("DELETE", copyPath(memberId)),
    onSettled: () => queries.invalidateQueries({ queryKey: ["export", memberId] }),
  });
}
