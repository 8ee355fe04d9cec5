import { actions } from "./ko/actions.ts";
import { cases } from "./ko/cases.ts";
import { council } from "./ko/council.ts";
import { errors } from "./ko/errors/core.ts";
import { governanceErrors } from "./ko/errors/governance.ts";
import { liquidErrors } from "./ko/errors/liquid.ts";
import { oracleErrors } from "./ko/errors/oracle.ts";
import { safetyErrors } from "./ko/errors/safety.ts";
import { slashingErrors } from "./ko/errors/slashing.ts";
import { events } from "./ko/events.ts";
import { governance } from "./ko/governance.ts";
import { liquid } from "./ko/liquid.ts";
import { network } from "./ko/network.ts";
import { operator } from "./ko/operator.ts";
import { records } from "./ko/records.ts";
import { shell } from "./ko/shell.ts";
import { staking } from "./ko/staking.ts";
import { standing } from "./ko/standing.ts";

/** Everything that is said in Korean; its keys are those of every language. */
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

export type Key = keyof typeof words;
