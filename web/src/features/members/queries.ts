import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { asked, authorised, Refused } from "../../shared/session/session.ts";
import type { Filter, KycLevel, MemberStatus, Wanted } from "./search.ts";

type ShownTier =
  | "BASIC_USER"
  | "DELEGATED_STAKER"
  | "CANDIDATE_VALIDATOR"
  | "ACTIVE_VALIDATOR"
  | "INACTIVE_VALIDATOR"
  | "GENESIS_VALIDATOR"
  | "ENTERPRISE_VALIDATOR"
  | "GOVERNANCE_VALIDATOR"
  | "PROBATION_VALIDATOR"
  | "SUSPENDED_VALIDATOR"
  | "SLASHED_VALIDATOR";

/** A member in a list. */
export interface Found {
  memberNo: number | null;
  memberId: string | null;
  accountId: string | null;
  accountAddress: string;
  shownTier: ShownTier;
  status: MemberStatus;
  kycLevel: KycLevel;
  totalStake: string;
  lastActivityAt: number;
  metadata: { displayName: string | null } | null;
}

export const identityFields = [
  "email",
  "phone",
  "legalName",
  "latinName",
  "birthDate",
  "nationality",
  "address",
  "registrationNumber",
] as const;
export type Identity = Record<(typeof identityFields)[number], string | null>;

export interface Member extends Found {
  kycValidUntil: number | null;
  createdAt: number;
  operator: string | null;
  payoutAddress: string | null;
  frozenUntil: number | null;
  validator: { validatorId: number; name: string; active: boolean; totalStake: string } | null;
  suspensions: {
    suspensionId: number;
    state: "IMPOSED" | "APPEALED" | "UPHELD" | "REDUCED" | "OVERTURNED" | "ENDED";
    suspendedAt: number;
    endsAt: number;
    restoredAt: number | null;
  }[];
  orders: {
    kind: "FROZEN" | "RENEWED" | "LIFTED" | "TERMINATED" | "BLACKLISTED" | "REINSTATED";
    until: number | null;
    at: number;
  }[];
}

const FOUND = `memberNo memberId accountId accountAddress shownTier status kycLevel totalStake lastActivityAt
  metadata { displayName }`;
const BY_WALLET = `query StaffWallet($address: String!) { member(address: $address) { ${FOUND} } }`;
const BY_ID = `query StaffMember($id: String!) { member(memberId: $id) { ${FOUND}
  kycValidUntil createdAt operator payoutAddress frozenUntil validator { validatorId name active totalStake }
  suspensions { suspensionId state suspendedAt endsAt restoredAt } orders { kind until at } } }`;
const MASKED = `query StaffIdentity($id: String!) { member(memberId: $id) {
  identity { email phone legalName latinName birthDate nationality address registrationNumber } } }`;

/** Why it was not told. @throws {Refused} with the first code */
function requireTold<T>({ data, errors }: Awaited<ReturnType<typeof asked<T>>>): T {
  const [refused] = errors ?? [];
  const code = refused?.extensions?.code ?? "SERVER";
  if (refused) throw new Refused(code === "FORBIDDEN" ? 403 : 422, code, refused.message, undefined);
  if (!data) throw new Refused(500, "SERVER", "no answer", undefined);
  return data;
}

interface Page {
  items: Found[];
  next: string | null;
}

async function found(wanted: Wanted, after: string | null): Promise<Page> {
  if (wanted.by === "wallet") {
    const { member } = requireTold(await asked<{ member: Found | null }>(BY_WALLET, { address: wanted.address }));
    return { items: member ? [member] : [], next: null };
  }
  const filter: Filter = wanted.by === "filter" ? wanted.filter : {};
  return authorised<Page>("POST", "/api/v1/members/search", { filter, first: 20, ...(after && { after }) });
}

/**
 * Members that fit, page by page. Nothing is asked again by itself: a search by address is written down each time.
 * @param attempt Another number is another search for the same.
 */
export const useMembers = (wanted: Wanted, attempt: number) =>
  useInfiniteQuery({
    queryKey: ["members", attempt, wanted],
    queryFn: ({ pageParam }) => found(wanted, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    ...{ retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false, gcTime: 0 },
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useMember = (id: string) =>
  useQuery({
    queryKey: ["member", id],
    queryFn: async () => requireTold(await asked<{ member: Member | null }>(BY_ID, { id })).member,
    retry: false,
  });

/** Who the member is, shortened. Each look is written down, so it is taken once for each visit of the page. */
export const useMasked = (accountId: string) =>
  useQuery({
    queryKey: ["member-identity", accountId],
    queryFn: async () =>
      requireTold(await asked<{ member: { identity: Identity | null } | null }>(MASKED, { id: accountId })).member
        ?.identity ?? null,
    ...{ retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false, gcTime: 0 },
    staleTime: Number.POSITIVE_INFINITY,
  });

/** A part of a member that only some of the staff see. @throws {Refused} 403 for the others */
export const useSection = <T>(accountId: string, name: "kyc-cases" | "registrations" | "legal-hold") =>
  useQuery({
    queryKey: ["member-section", accountId, name],
    queryFn: () => authorised<T>("GET", `/api/v1/admin/members/${accountId}/${name}`),
    ...{ retry: false, refetchOnWindowFocus: false },
  });
