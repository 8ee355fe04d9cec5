import { protocolPauseAbi } from "@tburn/deployments/abi/protocol-pause";
import { slashingManagerAbi } from "@tburn/deployments/abi/slashing-manager";
import { suspensionManagerAbi } from "@tburn/deployments/abi/suspension-manager";
import type { Contracts } from "../../shared/chain/contracts.ts";

/** Contracts that role holders work with. */
export const officesOf = (at: Contracts) =>
  ({
    slashing: { address: at.addressOf("SlashingManager"), abi: slashingManagerAbi },
    suspensions: { address: at.addressOf("SuspensionManager"), abi: suspensionManagerAbi },
    pause: { address: at.addressOf("ProtocolPause"), abi: protocolPauseAbi },
  }) as const;

/** In the order of `ISuspensionManager.Reason`, the guardian's emergency apart. */
export const reasons = [
  "POOR_PERFORMANCE",
  "SECURITY_VIOLATION",
  "CONSENSUS_ATTACK",
  "KYC_VIOLATION",
  "TERMS_OF_SERVICE",
  "COURT_ORDER",
] as const;
export type Reason = (typeof reasons)[number];

/** In the order of `IProtocolPause.Scope`. */
export const scopes = ["ENTRY", "REDELEGATION", "REWARDS", "SLASHING", "EXIT", "CLAIM"] as const;
export type Scope = (typeof scopes)[number];

/** Kinds that a committee argues, by their number in `ISlashingManager.Kind`. */
export const arguedKinds = { INVALID_BLOCK: 2, CONSENSUS_VIOLATION: 3, SECURITY_BREACH: 4 } as const;
export type ArguedKind = keyof typeof arguedKinds;
