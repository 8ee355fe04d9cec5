import type { ReactNode } from "react";
import { Loading } from "./Loading.tsx";
import { Problem } from "./Problem.tsx";

interface Props<T> {
  query: { data: T | undefined; error: Error | null; isPending?: boolean; refetch: () => unknown };
  lines?: number;
  children: (data: T) => ReactNode;
}

/** Shows an answer, or that it is on its way, or what kept it. An older answer stays while a newer one fails. */
export function Answer<T>({ query, lines, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Problem error={query.error} onRetry={query.refetch} />;
  return <Loading lines={lines} onRetry={() => void query.refetch()} />;
}
