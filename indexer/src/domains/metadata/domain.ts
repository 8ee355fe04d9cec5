import type { Domain } from "../../platform/domain.ts";
import { forgetProfile } from "./repository.ts";
import { profileRoutes } from "./routes.ts";
import { access } from "./rules.ts";

/** What members publish of themselves (seed §2.8). */
export const metadata: Domain = {
  name: "metadata",
  access,
  routes: profileRoutes,
  erase: (sql, _kit, memberId) => forgetProfile(sql, memberId),
};
