import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ask, type GraphqlProblem } from "./request.ts";

type Variables = Record<string, unknown>;

/** One answer of the indexer, asked again whenever the indexer has something new. */
export function useGraphql<T>(
  name: string,
  query: string,
  variables: Variables = {},
  options: { enabled?: boolean } = {},
) {
  const isEnabled = options.enabled ?? true;
  return useQuery<T, GraphqlProblem>({
    queryKey: ["graphql", name, variables],
    queryFn: ({ signal }) => ask<T>(query, variables, signal),
    // Danger: what is not asked for any more would be shown for ever as it was last.
    placeholderData: (previous) => (isEnabled ? previous : undefined),
    enabled: isEnabled,
    retry: 1,
  });
}

export interface Page<Node> {
  nodes: Node[];
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
  totalCount?: number;
}

type Connections<Node> = Record<string, Page<Node>>;

/**
 * A list of the indexer, page after page; the query takes `$after` and answers one connection.
 * @param options.pageOf where the connection is; the answer's only field if it is not said.
 */
export function useGraphqlPages<Node, Answer = Connections<Node>>(
  name: string,
  query: string,
  variables: Variables,
  options: { enabled?: boolean; pageOf?: (answer: Answer) => Page<Node> } = {},
) {
  const isEnabled = options.enabled ?? true;
  const pageOf = options.pageOf ?? ((answer: Answer) => Object.values(answer as Connections<Node>)[0] as Page<Node>);
  const result = useInfiniteQuery<Page<Node>, GraphqlProblem, { pages: Page<Node>[] }, unknown[], string | null>({
    queryKey: ["graphql", name, variables],
    queryFn: async ({ pageParam, signal }) => {
      return pageOf(await ask<Answer>(query, { ...variables, after: pageParam }, signal));
    },
    initialPageParam: null,
    getNextPageParam: ({ pageInfo }) => (pageInfo.hasNextPage ? pageInfo.endCursor : undefined),
    placeholderData: (previous) => (isEnabled ? previous : undefined),
    enabled: isEnabled,
    retry: 1,
  });
  return {
    ...result,
    nodes: result.data?.pages.flatMap(({ nodes }) => nodes),
    total: result.data?.pages[0]?.totalCount,
  };
}
