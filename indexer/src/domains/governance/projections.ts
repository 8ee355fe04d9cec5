import type { Projections } from "../../platform/domain.ts";
import { proposals } from "./projections/proposals.ts";
import { units } from "./projections/units.ts";

export const projections: Projections = { StakeVotes: units, TBurnGovernor: proposals };
