import { z } from "zod";
import { amountInput, ofPast, PAGE, pageInput, pastInput, STAMP, type Twin } from "../../platform/graphql/twin.ts";

const PUBLIC = `validatorId name active tombstoned jailedUntil selfStake delegatedStake totalStake capacity commissionBps
  uptimeBps netAprBps rank tier registeredAt openCases positionCount minDelegation member { accountAddress memberId }`;

const input = z.strictObject({
  ...pageInput,
  ...pastInput,
  min_stake: amountInput.optional(),
  max_stake: amountInput.optional(),
  active: z.enum(["true", "false"]).optional(),
  search: z.string().max(60).optional(),
  sort: z.enum(["TOTAL_STAKE", "SELF_STAKE", "COMMISSION", "NAME", "CREATED_AT"]).default("TOTAL_STAKE"),
  direction: z.enum(["ASC", "DESC"]).default("DESC"),
});

const variables = ({ min_stake, max_stake, active, search, sort, direction, ...page }: z.infer<typeof input>) => ({
  ...ofPast(page),
  filter: {
    ...(min_stake !== undefined && { minStake: min_stake }),
    ...(max_stake !== undefined && { maxStake: max_stake }),
    ...(active !== undefined && { active: active === "true" }),
    ...(search !== undefined && { search }),
  },
  sort: { field: sort, direction },
});

const list: Twin = {
  method: "GET",
  path: "/api/v1/validators",
  summary: "Validators, by total stake if nothing else is said, now or as a block left them",
  document: `query Validators($filter: ValidatorFilter, $sort: ValidatorSort, $first: Int, $after: String, $asOfBlock: Int) {
    validators(filter: $filter, sort: $sort, first: $first, after: $after, asOfBlock: $asOfBlock) { totalCount ${PAGE} nodes { ${PUBLIC} } } }`,
  input,
  variables,
  at: ["validators"],
  page: true,
};

const one: Twin = {
  method: "GET",
  path: "/api/v1/validators/:id",
  summary: "A validator, now or as a block left it",
  document: `query Validator($id: Int!, $asOfBlock: Int) { validator(validatorId: $id, asOfBlock: $asOfBlock) { ${PUBLIC} ${STAMP}
    commissionHistory { fromBps toBps at } slashes { at faultAt self delegated unbonding } } }`,
  input: z.strictObject({ id: z.coerce.number().int().positive(), ...pastInput }),
  variables: ofPast,
  at: ["validator"],
};

const MOST_DAYS = 366;
const performance: Twin = {
  method: "GET",
  path: "/api/v1/validators/:id/performance",
  summary: "Reported epochs of a validator, and its stake and rewards by day, newest first",
  document: `query Performance($id: Int!, $epochs: Int!, $days: Int!) { validator(validatorId: $id) { validatorId uptimeBps
    epochs(last: $epochs) { epoch proposed attested missed uptimeBps down amount reportedAt }
    daily(days: $days) { day totalStake rewards } } }`,
  input: z.strictObject({
    id: z.coerce.number().int().positive(),
    epochs: z.coerce.number().int().min(1).max(MOST_DAYS).default(90),
    days: z.coerce.number().int().min(1).max(MOST_DAYS).default(90),
  }),
  at: ["validator"],
};

export const twins = [list, one, performance];
