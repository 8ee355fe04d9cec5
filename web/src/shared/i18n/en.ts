import { actions } from "./en/actions.ts";
import { cases } from "./en/cases.ts";
import { council } from "./en/council.ts";
import { errors } from "./en/errors/core.ts";
import { governanceErrors } from "./en/errors/governance.ts";
import { liquidErrors } from "./en/errors/liquid.ts";
import { oracleErrors } from "./en/errors/oracle.ts";
import { safetyErrors } from "./en/errors/safety.ts";
import { slashingErrors } from "./en/errors/slashing.ts";
import { events } from "./en/events.ts";
import { governance } from "./en/governance.ts";
import { liquid } from "./en/liquid.ts";
import { network } from "./en/network.ts";
import { operator } from "./en/operator.ts";
import { records } from "./en/records.ts";
import { shell } from "./en/shell.ts";
import { staking } from "./en/staking.ts";
import { standing } from "./en/standing.ts";

/** Everything that is said in English. */
export const words = {
  ...shell,
  ...actions,
  ...staking,
  ...operator,
  ...governance,
  ...liquid,
  ...network,
  ...records,
  ...events,
  ...errors,
  ...safetyErrors,
  ...slashingErrors,
  ...oracleErrors,
  ...liquidErrors,
  ...governanceErrors,
  ...cases,
  ...council,
  ...standing,
};
