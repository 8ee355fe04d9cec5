import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { downloadFile } from "../../shared/format/file.ts";
import { authorised, authorisedFile } from "../../shared/session/session.ts";

export interface DataCopy {
  id: string;
  state: "waiting" | "ready" | "fetched" | "ended";
  endsAt: string;
}

const copyPath = (memberId: string) => `/api/v1/members/${memberId}/export`;

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
