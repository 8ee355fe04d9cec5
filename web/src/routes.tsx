import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { allWords } from "./shared/i18n/i18n.ts";
import { Broken } from "./shell/Broken.tsx";
import { NotFound } from "./shell/NotFound.tsx";
import { Shell } from "./shell/Shell.tsx";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const at = <Path extends string>(path: Path) => ({ getParentRoute: () => root, path });

/** Screens whose words are not among the first. */
const wordy = { loader: allWords };

export interface ValidatorSearch {
  q?: string;
  status?: "active" | "inactive";
  sort?: "stake" | "commission" | "name" | "self";
  dir?: "asc" | "desc";
  /** Chosen for a comparison, as in `ids` of the page that compares. */
  pick?: string;
}
const oneOf = <T extends string>(value: unknown, known: readonly T[]) =>
  known.includes(value as T) ? (value as T) : undefined;

const whole = (value: unknown) => (/^[1-9]\d{0,8}$/.test(String(value)) ? Number(value) : undefined);

const list = (value: unknown) => (/^[\d,]{1,50}$/.test(String(value)) ? String(value) : undefined);

const range = (search: Record<string, unknown>): { range?: "7" | "30" | "90" } => ({
  range: oneOf(search.range, ["7", "30", "90"] as const),
});

const routes = [
  createRoute({ ...at("/"), component: lazyRouteComponent(() => import("./features/home/HomePage.tsx"), "HomePage") }),
  createRoute({
    ...at("/network"),
    validateSearch: range,
    component: lazyRouteComponent(() => import("./features/network/NetworkPage.tsx"), "NetworkPage"),
  }),
  createRoute({
    ...at("/validators"),
    validateSearch: (search: Record<string, unknown>): ValidatorSearch => ({
      q: typeof search.q === "string" && search.q !== "" ? search.q : undefined,
      status: oneOf(search.status, ["active", "inactive"] as const),
      sort: oneOf(search.sort, ["stake", "commission", "name", "self"] as const),
      dir: oneOf(search.dir, ["asc", "desc"] as const),
      pick: list(search.pick),
    }),
    component: lazyRouteComponent(() => import("./features/validators/ValidatorsPage.tsx"), "ValidatorsPage"),
  }),
  createRoute({
    ...at("/validators/compare"),
    validateSearch: (search: Record<string, unknown>): { ids?: string } => ({ ids: list(search.ids) }),
    component: lazyRouteComponent(() => import("./features/validators/comparing/ComparePage.tsx"), "ComparePage"),
  }),
  createRoute({
    ...at("/validators/$id"),
    component: lazyRouteComponent(() => import("./features/validators/ValidatorPage.tsx"), "ValidatorPage"),
  }),
  createRoute({
    ...at("/stake"),
    component: lazyRouteComponent(() => import("./features/staking/StakePage.tsx"), "StakePage"),
  }),
  createRoute({
    ...at("/stake/liquid"),
    component: lazyRouteComponent(() => import("./features/liquid/LiquidPage.tsx"), "LiquidPage"),
  }),
  createRoute({
    ...at("/stake/delegate/$id"),
    component: lazyRouteComponent(() => import("./features/staking/delegating/DelegatePage.tsx"), "DelegatePage"),
  }),
  createRoute({
    ...at("/stake/positions/$id"),
    component: lazyRouteComponent(() => import("./features/staking/positions/PositionPage.tsx"), "PositionPage"),
  }),
  createRoute({
    ...at("/stake/unbonding"),
    component: lazyRouteComponent(() => import("./features/staking/unbonding/UnbondingPage.tsx"), "UnbondingPage"),
  }),
  createRoute({
    ...at("/rewards"),
    component: lazyRouteComponent(() => import("./features/rewards/RewardsPage.tsx"), "RewardsPage"),
  }),
  createRoute({
    ...at("/activity"),
    validateSearch: (search: Record<string, unknown>): { of?: string } => ({
      of: /^0x[0-9a-f]{40}$/i.test(String(search.of)) ? String(search.of) : undefined,
    }),
    component: lazyRouteComponent(() => import("./features/activity/ActivityPage.tsx"), "ActivityPage"),
  }),
  createRoute({
    ...at("/operator"),
    component: lazyRouteComponent(() => import("./features/operator/dashboard/OperatorPage.tsx"), "OperatorPage"),
  }),
  createRoute({
    ...at("/operator/register"),
    component: lazyRouteComponent(() => import("./features/operator/RegisterPage.tsx"), "RegisterPage"),
  }),
  createRoute({
    ...at("/operator/commission"),
    component: lazyRouteComponent(() => import("./features/operator/commission/CommissionPage.tsx"), "CommissionPage"),
  }),
  createRoute({
    ...at("/governance"),
    component: lazyRouteComponent(() => import("./features/governance/GovernancePage.tsx"), "GovernancePage"),
  }),
  createRoute({
    ...at("/governance/new"),
    component: lazyRouteComponent(() => import("./features/governance/drafting/DraftPage.tsx"), "DraftPage"),
  }),
  createRoute({
    ...at("/governance/delegates"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/governance/delegates/DelegatesPage.tsx"), "DelegatesPage"),
  }),
  createRoute({
    ...at("/governance/delegates/$address"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/governance/delegates/VoterPage.tsx"), "VoterPage"),
  }),
  createRoute({
    ...at("/governance/$id"),
    component: lazyRouteComponent(() => import("./features/governance/proposal/ProposalPage.tsx"), "ProposalPage"),
  }),
  createRoute({
    ...at("/operator/slashes"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/slashing/OperatorSlashesPage.tsx"), "OperatorSlashesPage"),
  }),
  createRoute({
    ...at("/appeals"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/council/AppealsPage.tsx"), "AppealsPage"),
  }),
  createRoute({
    ...at("/appeals/new"),
    ...wordy,
    validateSearch: (search: Record<string, unknown>): { case?: number; suspension?: number } => ({
      case: whole(search.case),
      suspension: whole(search.suspension),
    }),
    component: lazyRouteComponent(() => import("./Appeal.tsx"), "NewAppeal"),
  }),
  createRoute({
    ...at("/appeals/$id"),
    ...wordy,
    component: lazyRouteComponent(() => import("./Appeal.tsx"), "Appeal"),
  }),
  createRoute({
    ...at("/evidence/new"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/slashing/reporting/ReportPage.tsx"), "ReportPage"),
  }),
  createRoute({
    ...at("/council"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/council/CouncilPage.tsx"), "CouncilPage"),
  }),
  createRoute({
    ...at("/onboarding"),
    ...wordy,
    validateSearch: (search: Record<string, unknown>): { ref?: string } => ({
      ref: typeof search.ref === "string" && /^[0-9a-z]{1,64}$/i.test(search.ref) ? search.ref : undefined,
    }),
    component: lazyRouteComponent(() => import("./features/onboarding/OnboardingPage.tsx"), "OnboardingPage"),
  }),
  createRoute({
    ...at("/settings/security"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/security/SecurityPage.tsx"), "SecurityPage"),
  }),
  createRoute({
    ...at("/audit"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/audit/AuditPage.tsx"), "AuditPage"),
  }),
  createRoute({
    ...at("/audit/verify"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/audit/VerifyPage.tsx"), "VerifyPage"),
  }),
  createRoute({
    ...at("/settings/profile"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/profile/ProfilePage.tsx"), "ProfilePage"),
  }),
  createRoute({
    ...at("/settings/api-keys"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/api-keys/ApiKeysPage.tsx"), "ApiKeysPage"),
  }),
  createRoute({
    ...at("/settings/webhooks"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/webhooks/WebhooksPage.tsx"), "WebhooksPage"),
  }),
  createRoute({
    ...at("/staff/return"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/security/staff/StaffReturnPage.tsx"), "StaffReturnPage"),
  }),
  createRoute({
    ...at("/settings/privacy"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/privacy/PrivacyPage.tsx"), "PrivacyPage"),
  }),
  createRoute({
    ...at("/kyc"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/kyc/KycPage.tsx"), "KycPage"),
  }),
  createRoute({
    ...at("/admin"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/casework/WorkPage.tsx"), "WorkPage"),
  }),
  createRoute({
    ...at("/admin/kyc/$id"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/casework/CasePage.tsx"), "CasePage"),
  }),
  createRoute({
    ...at("/admin/screening/$id"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/casework/screening/HitPage.tsx"), "HitPage"),
  }),
  createRoute({
    ...at("/admin/members"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/members/MembersPage.tsx"), "MembersPage"),
  }),
  createRoute({
    ...at("/admin/members/$id"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/members/MemberPage.tsx"), "MemberPage"),
  }),
  createRoute({
    ...at("/admin/approvals"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/approvals/ApprovalsPage.tsx"), "ApprovalsPage"),
  }),
  createRoute({
    ...at("/referrals"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/referrals/ReferralsPage.tsx"), "ReferralsPage"),
  }),
  createRoute({
    ...at("/settings/notifications"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/notifications/NotificationsPage.tsx"), "NotificationsPage"),
  }),
  createRoute({
    ...at("/data/playground"),
    ...wordy,
    component: lazyRouteComponent(() => import("./features/playground/PlaygroundPage.tsx"), "PlaygroundPage"),
  }),
  createRoute({
    ...at("/status"),
    component: lazyRouteComponent(() => import("./features/status/StatusPage.tsx"), "StatusPage"),
  }),
  createRoute({
    ...at("/blocks/$number"),
    component: lazyRouteComponent(() => import("./features/blocks/BlockPage.tsx"), "BlockPage"),
  }),
] as const;

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultErrorComponent: Broken,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
