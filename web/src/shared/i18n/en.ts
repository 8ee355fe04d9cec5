import { actions } from "./en/actions.ts";
import { cases } from "./en/cases.ts";
import { council } from "./en/council.ts";
import { errors } from "./en/errors.ts";
import { governance } from "./en/governance.ts";
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
  ...network,
  ...records,
  ...errors,
  ...cases,
  ...council,
  ...standing,
};
