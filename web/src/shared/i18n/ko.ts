import { actions } from "./ko/actions.ts";
import { cases } from "./ko/cases.ts";
import { council } from "./ko/council.ts";
import { errors } from "./ko/errors.ts";
import { governance } from "./ko/governance.ts";
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
  ...network,
  ...records,
  ...errors,
  ...cases,
  ...council,
  ...standing,
};

export type Key = keyof typeof words;
