import type { Deployment } from "@tburn/deployments";
import type { Env } from "../env.ts";
import type { Log } from "../platform/telemetry/log.ts";
import type { SyncState } from "./sync.ts";

export async function startApi(_env: Env, _deployment: Deployment, _log: Log, _state: SyncState | undefined): Promise<{ stop(): Promise<void> }> {
  return { stop: async () => undefined };
}
