import type { FastifyInstance } from "fastify";
import type { GraphQLSchema } from "graphql";
import { affairs } from "./domains/affairs/domain.ts";
import { apiKeys } from "./domains/api-keys/domain.ts";
import { approvals } from "./domains/approvals/domain.ts";
import { audit } from "./domains/audit/domain.ts";
import { blocks } from "./domains/blocks/domain.ts";
import { consents } from "./domains/consents/domain.ts";
import { events } from "./domains/events/domain.ts";
import { exportsOfTables } from "./domains/exports/domain.ts";
import { finance } from "./domains/finance/domain.ts";
import { governance } from "./domains/governance/domain.ts";
import { identity } from "./domains/identity/domain.ts";
import { intents } from "./domains/intents/domain.ts";
import { kyc } from "./domains/kyc/domain.ts";
import { liquid } from "./domains/liquid/domain.ts";
import { metadata } from "./domains/metadata/domain.ts";
import { network } from "./domains/network/domain.ts";
import { performance } from "./domains/performance/domain.ts";
import { portability } from "./domains/portability/domain.ts";
import { privacy } from "./domains/privacy/domain.ts";
import { referrals } from "./domains/referrals/domain.ts";
import { registration } from "./domains/registration/domain.ts";
import { retention } from "./domains/retention/domain.ts";
import { rewards } from "./domains/rewards/domain.ts";
import { screening } from "./domains/screening/domain.ts";
import { doorOf, security } from "./domains/security/domain.ts";
import { series } from "./domains/series/domain.ts";
import { slashing } from "./domains/slashing/domain.ts";
import { staking } from "./domains/staking/domain.ts";
import { suspensions } from "./domains/suspensions/domain.ts";
import { tiers } from "./domains/tiers/domain.ts";
import { validators } from "./domains/validators/domain.ts";
import { webhooks } from "./domains/webhooks/domain.ts";
import type { Sql } from "./platform/db/pool.ts";
import type { ApprovalKinds, Domain, Eraser, Job, Kit, RouteKit } from "./platform/domain.ts";
import { scalars } from "./platform/graphql/described/scalars.ts";
import { describeTwin, keyOf } from "./platform/graphql/described/twin-document.ts";
import type { PastFields } from "./platform/graphql/past.ts";
import { addTwins, type Counter } from "./platform/graphql/twin.ts";
import type { Described } from "./platform/http/openapi/document.ts";
import type { Clock } from "./platform/time/clock.ts";

/** Lower floors first: a validator exists before stake joins it. */
const domains: Domain[] = [
  network,
  identity,
  apiKeys,
  security,
  approvals,
  audit,
  screening,
  kyc,
  metadata,
  privacy,
  referrals,
  consents,
  retention,
  webhooks,
  blocks,
  governance,
  validators,
  slashing,
  performance,
  suspensions,
  staking,
  rewards,
  liquid,
  finance,
  tiers,
  registration,
  intents,
  affairs,
  series,
  exportsOfTables,
  portability,
  events,
];

/** What requests stand on: a kit, and who lets people in. */
export const withDoor = (kit: Kit, places: RouteKit["places"]): RouteKit => ({ ...kit, door: doorOf(kit), places });

/** Adds all slices of the REST API. */
export function addRoutes(rest: FastifyInstance, kit: RouteKit, counter: Counter): void {
  for (const { routes } of domains) routes?.(rest, kit);
  const twins = domains.flatMap(({ twins }) => twins ?? []);
  addTwins(rest, twins, kit.door, counter);
}

/** What each route of the REST API takes and gives. @param api Types of the queries by which some routes read. */
export function operations(api: GraphQLSchema): Record<string, Described> {
  const described = domains.flatMap(({ twins = [] }) => twins.map((twin) => [keyOf(twin), describeTwin(api, twin)]));
  return Object.assign({}, ...domains.map((domain) => domain.operations ?? {}), Object.fromEntries(described));
}

/** All queues of the worker role. */
export const jobs = (): Record<string, Job> => Object.assign({}, ...domains.map((domain) => domain.jobs ?? {}));

/** How a member is forgotten: higher floors first, for they read lower ones. */
export const erasers = (): Eraser[] => domains.flatMap(({ erase }) => erase ?? []).reverse();

/** All kinds of decisions that take two people. */
export const approvalKinds = (): ApprovalKinds => Object.assign({}, ...domains.map((domain) => domain.approvals ?? {}));

/** Whom each domain lets do and see what. */
export const accessRules = () => domains.flatMap(({ name, access }) => (access ? [{ name, access }] : []));

/** Forgets in all domains what has ended. @returns how many rows */
export async function tidy(sql: Sql, clock: Clock): Promise<number> {
  let forgotten = 0;
  for (const domain of domains) forgotten += (await domain.tidy?.(sql, clock)) ?? 0;
  return forgotten;
}

/** All slices of the API as one document. */
export const typeDefs = domains.flatMap(({ schema }) => schema ?? []).join("\n");

/** All fields that are told of past blocks, by type. */
export const pastFields = (): PastFields =>
  domains.reduce<PastFields>((all, { past = {} }) => {
    for (const [type, fields] of Object.entries(past)) all[type] = [...(all[type] ?? []), ...fields];
    return all;
  }, {});

/** All resolvers, and the scalars. */
export const resolvers = [scalars, ...domains.flatMap(({ resolvers }) => resolvers ?? [])];
