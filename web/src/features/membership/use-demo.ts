import { useMutation, useQueryClient } from "@tanstack/react-query";

/** Asks the local demo service for something and reads the chain again afterwards. */
export function useDemo(ask: () => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ask,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["chain"] }),
  });
}
