import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { authorised } from "../../shared/session/session.ts";

/** What is told of members off the chain, as the server knows it. */
export const memberEvents = [
  ...(["MemberRegistered", "EmailVerified", "ValidatorNodeChecked"] as const),
  ...(["KycSubmitted", "KycApproved", "KycRejected", "KycExpired", "KycRevoked"] as const),
  ...(["IntentConfirmed", "IntentExpired", "IntentRetracted", "DataExportReady", "WebhookEndpointDisabled"] as const),
] as const;
/** And on the chain, once it is final. */
export const chainEvents = [
  ...(["TierStaged", "TierChanged", "TierStagingCancelled"] as const),
  ...(["MemberSuspended", "SuspensionAppealed", "SuspensionDecided", "MemberRestored", "MemberTerminated"] as const),
  ...(["MemberBlacklisted", "MemberReinstated", "MemberFrozen", "FreezeRenewed", "FreezeLifted"] as const),
  ...(["ValidatorActivated", "ValidatorDeactivated", "ValidatorJailed", "ValidatorUnjailed"] as const),
  ...(["CaseOpened", "CaseDecided", "StakeSlashed"] as const),
] as const;
export type EventName = (typeof memberEvents)[number] | (typeof chainEvents)[number];

export interface Endpoint {
  id: string;
  name: string;
  url: string;
  events: EventName[];
  state: "active" | "disabled";
  disabledBecause: "OWNER" | "GONE" | "FAILING" | null;
  oldUntil: string | null;
  failingSince: string | null;
}

export interface Delivery {
  id: string;
  messageId: string;
  event: EventName | "WebhookTest";
  happenedAt: string;
  state: "waiting" | "delivered" | "failed";
  attempts: number;
  nextAt: string | null;
  status: number | null;
  problem: string | null;
  durationMs: number | null;
}

export interface WantedEndpoint {
  name: string;
  url: string;
  events: EventName[];
}

const BASE = "/api/v1/webhook-endpoints";
const keyOf = (memberId: string) => ["webhooks", memberId];
const sentOf = (memberId: string, id: string) => [...keyOf(memberId), id];
/** What waits is looked at again. */
const POLL_MS = 4_000;

export const useEndpoints = (memberId: string) =>
  useQuery({
    queryKey: keyOf(memberId),
    queryFn: async () => (await authorised<{ endpoints: Endpoint[] }>("GET", BASE)).endpoints,
  });

export const useDeliveries = (memberId: string, id: string) =>
  useQuery({
    queryKey: sentOf(memberId, id),
    queryFn: async () => (await authorised<{ deliveries: Delivery[] }>("GET", `${BASE}/${id}/deliveries`)).deliveries,
    refetchInterval: ({ state: { data } }) => (data?.some(({ state }) => state === "waiting") ? POLL_MS : false),
  });

/** Something done with endpoints; what is shown of them is asked for again. */
function useAct<Asked, Answer>(memberId: string, act: (asked: Asked) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => queries.invalidateQueries({ queryKey: keyOf(memberId) }),
    gcTime: 0,
  });
}

/** Makes an endpoint; its secret is in the answer, and nowhere else. */
export const useMake = (memberId: string) =>
  useAct(memberId, (wanted: WantedEndpoint) => authorised<{ secret: string }>("POST", BASE, wanted));

/** As `useMake`, for a new secret. */
export const useRotate = (memberId: string) =>
  useAct(memberId, (id: string) => authorised<{ secret: string }>("POST", `${BASE}/${id}/rotate-secret`));

export const useSwitch = (memberId: string) =>
  useAct(memberId, ({ id, events, state }: Endpoint) =>
    authorised("PUT", `${BASE}/${id}`, { events, enabled: state === "disabled" }),
  );

export const useRemove = (memberId: string) => useAct(memberId, (id: string) => authorised("DELETE", `${BASE}/${id}`));

export const useTry = (memberId: string) => useAct(memberId, (id: string) => authorised("POST", `${BASE}/${id}/test`));

export const useSendAgain = (memberId: string, endpointId: string) =>
  useAct(memberId, (id: string) => authorised("POST", `${BASE}/${endpointId}/deliveries/${id}/redeliver`));
