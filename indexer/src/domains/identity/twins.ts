import { z } from "zod";
import { amountInput, PAGE, type Twin } from "../../platform/graphql/twin.ts";
import { revealReasons } from "./rules.ts";

/** What everybody may know of a member. */
const PUBLIC = `memberNo memberId accountAddress tier shownTier status kycLevel kycValidUntil createdAt lastActivityAt
  totalStake metadata { displayName bio website links { label url } tags version }`;

const flag = z
  .enum(["true", "false"])
  .default("false")
  .transform((text) => text === "true");

const input = z.strictObject({
  id: z.uuid(),
  include_sensitive: flag,
  include_validator: flag,
  include_staking: flag,
  include_governance: flag,
  reason: z.enum(revealReasons).optional(),
  reference: z.string().max(40).optional(),
});

const member: Twin = {
  method: "GET",
  path: "/api/v1/members/:id",
  summary: "A member: what everybody may know, and on request who it is, what it runs, holds and votes",
  document: `query Member($id: String!, $include_sensitive: Boolean!, $include_validator: Boolean!, $include_staking: Boolean!,
      $include_governance: Boolean!, $reason: RevealReason, $reference: String) {
    member(memberId: $id) { ${PUBLIC}
      identity(full: true, reason: $reason, reference: $reference) @include(if: $include_sensitive) {
        email phone legalName latinName birthDate nationality address registrationNumber }
      validator @include(if: $include_validator) { validatorId name active selfStake delegatedStake totalStake commissionBps uptimeBps rank }
      stakingPositions(first: 100) @include(if: $include_staking) { nodes { positionId validatorId shares value pendingRewards since } }
      governance @include(if: $include_governance) { votes units delegatedTo ballotCount proposalCount }
    }
  }`,
  input,
  at: ["member"],
};

const names = <const T extends [string, ...string[]]>(...values: T) => z.array(z.enum(values)).max(values.length);
const moment = z.number().int().nonnegative();

/** Names as GraphQL has them; whatever else is asked for cannot be searched by. */
const filter = z.strictObject({
  tier: z.array(z.string().max(40)).max(20).optional(),
  status: names("PENDING", "ACTIVE", "INACTIVE", "SUSPENDED", "TERMINATED", "BLACKLISTED").optional(),
  kycLevel: names("NONE", "BASIC", "ENHANCED", "INSTITUTIONAL").optional(),
  minStake: amountInput.optional(),
  maxStake: amountInput.optional(),
  createdAfter: moment.optional(),
  createdBefore: moment.optional(),
  displayName: z.string().max(60).optional(),
  email: z.string().max(254).optional(),
});

const search: Twin = {
  method: "POST",
  path: "/api/v1/members/search",
  summary: "Members by what the caller may search by, page by page",
  document: `query Search($filter: MemberFilter, $sort: MemberSort, $first: Int, $after: String) {
    members(filter: $filter, sort: $sort, first: $first, after: $after) { ${PAGE}
      nodes { ${PUBLIC} accountId } } }`,
  input: z.strictObject({
    filter: filter.optional(),
    sort: z
      .strictObject({ field: z.enum(["CREATED_AT", "STAKE", "LAST_ACTIVITY_AT"]), direction: z.enum(["ASC", "DESC"]) })
      .optional(),
    first: z.number().int().min(1).max(100).default(20),
    after: z.string().max(500).optional(),
  }),
  at: ["members"],
  page: true,
};

export const twins = [member, search];
