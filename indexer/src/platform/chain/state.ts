import type { EndpointHealth } from "./rpc.ts";

/** What the follower knows about itself. */
export interface SyncState {
  head: number;
  indexed: number;
  events: number;
  reorgs: number;
  problem: string | undefined;
  endpoints: EndpointHealth[];
}
