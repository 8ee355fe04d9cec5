import { createHash } from "node:crypto";
import type { Deployment } from "@tburn/deployments";
import type { Edition, Origin } from "../../db/checkpoint.ts";

/**
 * Of the projections of this release. Raise it with a projection or migration that makes other rows of the same chain:
 * `redeploy` then tells them beside those that are served.
 */
export const MIRROR_VERSION = "3";

/** What a version may look like: it becomes part of a schema's name. */
export const VERSION_FORM = /^[a-z0-9_]{1,30}$/;

/** Whose mirror a database is. */
export function originOf({ chainId, startBlock, contracts }: Deployment): Origin {
  const addresses = Object.entries(contracts).map(([name, { address }]) => `${name} ${address.toLowerCase()}`);
  const digest = createHash("sha256").update([startBlock, ...addresses.sort()].join("\n"));
  return { chainId, contracts: digest.digest("hex").slice(0, 16) };
}

/** Whose mirror projections of `version` make of a deployment's chain. */
export const editionOf = (deployment: Deployment, version: string): Edition => ({ ...originOf(deployment), version });
