import { actions } from "./en/actions.ts";
import { cases } from "./en/cases.ts";
import { council } from "./en/council.ts";
import { governance } from "./en/governance.ts";
import { liquid } from "./en/liquid.ts";
import { network } from "./en/network.ts";
import { operator } from "./en/operator.ts";
import { records } from "./en/records.ts";
import { shell } from "./en/shell.ts";
import { staking } from "./en/staking.ts";
import { standing } from "./en/standing.ts";

/** What is said in English from the first page on. */
export const words = {
  ...shell,
  ...actions,
  ...staking,
  ...operator,
  ...governance,
  ...liquid,
  ...network,
  ...records,
  ...cases,
  ...council,
  ...standing,
};
