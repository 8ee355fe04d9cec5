import { actions } from "./ko/actions.ts";
import { cases } from "./ko/cases.ts";
import { council } from "./ko/council.ts";
import { governance } from "./ko/governance.ts";
import type { later } from "./ko/later.ts";
import { liquid } from "./ko/liquid.ts";
import { network } from "./ko/network.ts";
import { operator } from "./ko/operator.ts";
import { records } from "./ko/records.ts";
import { shell } from "./ko/shell.ts";
import { staking } from "./ko/staking.ts";
import { standing } from "./ko/standing.ts";

/** What is said in Korean from the first page on; its keys, and those of `later`, are those of every language. */
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

export type Key = keyof typeof words | keyof typeof later;
