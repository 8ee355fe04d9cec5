import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { authorised } from "../../shared/session/session.ts";

export interface Profile {
  memberId: string;
  /** Grows with each change; 0 before the first. */
  version: number;
  displayName: string;
  bio: string;
  website: string;
  links: { label: string; url: string }[];
  tags: string[];
  language: string;
  currency: string;
  timeZone: string;
  custom: Record<string, string | number | boolean>;
}

const keyOf = (memberId: string) => ["profile", memberId];

export const useProfile = (memberId: string) =>
  useQuery({
    queryKey: keyOf(memberId),
    queryFn: () => authorised<Profile>("GET", `/api/v1/members/${memberId}/profile`),
    // What is being written is not replaced by what is read.
    refetchOnWindowFocus: false,
  });

/** Saves over the version that was seen; somebody else's change in between is refused, and nothing is lost. */
export function useSave({ memberId, version }: Profile) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (profile: Omit<Profile, "memberId" | "version">) =>
      authorised<Profile>("PUT", `/api/v1/members/${memberId}/metadata`, profile, { "if-match": `"${version}"` }),
    onSuccess: (saved) => queries.setQueryData(keyOf(memberId), saved),
  });
}
