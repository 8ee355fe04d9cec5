import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { authorised } from "../../shared/session/session.ts";
import type { Identity } from "./queries.ts";

export const reasons = ["INVESTIGATION", "MEMBER_REQUEST", "LEGAL_REQUEST", "DATA_CORRECTION"] as const;

/** Why somebody looks; the server checks and keeps it. */
export interface Why {
  reason: (typeof reasons)[number];
  reference: string;
}

/** For so long a person stands on the screen. */
const SHOWN_MS = 60_000;

/** Path by which a member is told in full, for a reason. */
export function revealPath(accountId: string, { reason, reference }: Why): string {
  const asked = new URLSearchParams({ include_sensitive: "true", reason, ...(reference !== "" && { reference }) });
  return `/api/v1/members/${accountId}?${asked}`;
}

/**
 * Shows who a member is, for a minute and while the page is looked at. Danger: what is shown stands in this component
 * alone; it must never be put among the queries, which outlive the page.
 */
export function useReveal(accountId: string) {
  const reveal = useMutation({
    mutationFn: async (why: Why) =>
      (await authorised<{ identity: Identity | null }>("GET", revealPath(accountId, why))).identity,
    gcTime: 0,
  });
  const { reset, data } = reveal;
  const isShown = data !== undefined;
  useEffect(() => {
    if (!isShown) return;
    const timer = setTimeout(reset, SHOWN_MS);
    const leave = () => document.visibilityState === "hidden" && reset();
    document.addEventListener("visibilitychange", leave);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", leave);
    };
  }, [isShown, reset]);
  return reveal;
}
