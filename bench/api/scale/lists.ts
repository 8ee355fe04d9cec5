import { type Asked, graphql, validatorOf } from "../servers/server.ts";

/** What the chain has, to choose from. */
export interface Stock {
  firstMember: number;
  lastMember: number;
  firstBlock: number;
  lastBlock: number;
}

/** One of `count` for the `n`-th question, spread evenly and the same in every run. */
const pick = (n: number, salt: number, first: number, last: number) =>
  first + ((Math.imul(n + 1, 2_654_435_761 + 2 * salt) >>> 0) % Math.max(1, last - first + 1));

const page = "pageInfo { hasNextPage endCursor } asOfBlock { number }";
const position = "nodes { positionId memberNo validatorId shares value pendingRewards since }";

type Form = (n: number, stock: Stock) => Asked;

const ask = (query: string, variables: object = {}) => graphql("/graphql", query, variables);
const member = (n: number, { firstMember, lastMember }: Stock) => pick(n, 1, firstMember, lastMember);
const block = (n: number, { firstBlock, lastBlock }: Stock) => pick(n, 2, firstBlock, lastBlock);

/** The lists that pages show most, of another member or validator each time. */
export const lists: Record<string, Form> = {
  validators: () =>
    ask(`{ validators(first: 20) { ${page} totalCount nodes { validatorId name totalStake rank netAprBps } } }`),
  delegations: (n) =>
    ask(`query ($id: Int!) { stakingPositions(validatorId: $id) { ${page} ${position} } }`, { id: validatorOf(n) }),
  "delegations by shares": (n) =>
    ask(`query ($id: Int!) { stakingPositions(validatorId: $id, sort: SHARES) { ${page} ${position} } }`, {
      id: validatorOf(n),
    }),
  "delegations of a member": (n, stock) =>
    ask(`query ($no: Int!) { stakingPositions(memberNo: $no) { ${page} ${position} } }`, { no: member(n, stock) }),
  "exits of a member": (n, stock) =>
    ask(`query ($no: Int!) { unstakingRequests(memberNo: $no) { ${page} nodes { requestId value maturesAt } } }`, {
      no: member(n, stock),
    }),
  "rewards of a member": (n, stock) =>
    ask(`query ($no: Int!) { rewards(memberNo: $no) { ${page} nodes { kind amount at validatorId } } }`, {
      no: member(n, stock),
    }),
  activity: () => ask(`{ activity(first: 20) { ${page} nodes { name blockNumber at args } } }`),
  "activity of a member": (n, stock) =>
    ask(`query ($no: Int!) { activity(memberNo: $no) { ${page} nodes { name blockNumber at args } } }`, {
      no: member(n, stock),
    }),
  members: () => ask(`{ members(first: 20) { ${page} nodes { memberNo accountAddress tier status } } }`),
  blocks: () => ask("{ blocks(first: 20) { nodes { number hash timestamp events { name } } } }"),
};

/** Questions about a block of the past, another each time. */
export const past: Record<string, Form> = {
  "validators then": (n, stock) =>
    ask(
      `query ($at: Int!) { validators(first: 20, asOfBlock: $at) { ${page} nodes { validatorId name totalStake rank } } }`,
      {
        at: block(n, stock),
      },
    ),
  "a validator then": (n, stock) =>
    ask(
      "query ($id: Int!, $at: Int!) { validator(validatorId: $id, asOfBlock: $at) { name totalStake commissionBps } }",
      {
        ...{ id: validatorOf(n), at: block(n, stock) },
      },
    ),
  "a member then": (n, stock) =>
    ask("query ($no: Int!, $at: Int!) { member(memberNo: $no, asOfBlock: $at) { accountAddress tier status } }", {
      ...{ no: member(n, stock), at: block(n, stock) },
    }),
  "delegations of a member then": (n, stock) =>
    ask(
      `query ($no: Int!, $at: Int!) { stakingPositions(memberNo: $no, asOfBlock: $at) { ${page} nodes { positionId shares } } }`,
      {
        ...{ no: member(n, stock), at: block(n, stock) },
      },
    ),
  "delegations then": (n, stock) =>
    ask(
      `query ($id: Int!, $at: Int!) { stakingPositions(validatorId: $id, asOfBlock: $at) { ${page} nodes { positionId shares } } }`,
      {
        ...{ id: validatorOf(n), at: block(n, stock) },
      },
    ),
};
