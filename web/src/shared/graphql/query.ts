import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ask, type GraphqlProblem } from "./request.ts";

type Variables = Record<string, unknown>;

/** One answer of the indexer, asked again whenever the indexer has something new. */
export function useGraphql<T>(
  name: string,
  query: string,
  variables: Variables = {},
  options: { enabled?: boolean } = {},
) {
  return useQuery<T, GraphqlProblem>({
    queryKey: ["graphql", name, variables],
    queryFn: ({ signal }) => ask<T>(query, variables, signal),
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
    retry: 1,
  });
}

export interface Page<Node> {
  nodes: Node[];
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
  totalCount?: number;
}

/** A list of the indexer, page after page; the query takes `$after` and answers one connection. */
export function useGraphqlPages<Node>(
  name: string,
  query: string,
  variables: Variables,
  options: { enabled?: boolean } = {},
) {
  const result = useInfiniteQuery<Page<Node>, GraphqlProblem, { pages: Page<Node>[] }, unknown[], string | null>({
    queryKey: ["graphql", name, variables],
    queryFn: async ({ pageParam, signal }) => {
      const data = await ask<Record<string, Page<Node>>>(query, { ...variables, after: pageParam }, signal);
      return Object.values(data)[0] as Page<Node>;
    },
    initialPageParam: null,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
    retry: 1,
  });
  return {
    ...result,
    nodes: result.data?.pages.flatMap(({ nodes }) => nodes),
    total: result.data?.pages[0]?.totalCount,
  };
}
