import { useQuery } from "@tanstack/react-query";
import { renew, useSession } from "./session.ts";

/** The session, after the browser was asked once whether an earlier one goes on. */
export function useEarlier() {
  const session = useSession();
  const { error } = useQuery({
    queryKey: ["session"],
    queryFn: async () => (await renew()) ?? null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { session, error };
}
