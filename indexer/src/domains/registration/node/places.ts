import type { Place } from "../../../platform/crypto/envelope.ts";
import type { NodeCheck } from "../repository/nodes.ts";

/** Where a node's address is sealed. */
export const placeOf = ({ memberId, id }: Pick<NodeCheck, "memberId" | "id">): Place => ({
  ...{ table: "app.node_checks", column: "sealed_endpoint", memberId, rowId: id },
});

/** Where the words of a waiver are sealed. */
export const reasonOf = (memberId: string, registrationId: string): Place => ({
  ...{ table: "app.node_waivers", column: "sealed_reason", memberId, rowId: registrationId },
});
