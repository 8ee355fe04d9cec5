import type { Ballot } from "../queries.ts";

interface Named {
  memberNo: number;
  validator: { validatorId: number; name: string } | null;
}

/** A delegate's own words, with the signature that makes them its own. */
export interface PublishedStatement {
  delegate: `0x${string}`;
  name: string;
  text: string;
  link: string;
  signedAt: number;
  hash: string;
  signature: string;
}

export interface ListedDelegate {
  address: string;
  units: string;
  votes: string;
  delegatorCount: number;
  ballotCount: number;
  member: Named | null;
  statement: Pick<PublishedStatement, "name" | "text"> | null;
}

export interface Voter extends ListedDelegate {
  statement: PublishedStatement | null;
  delegatedTo: string | null;
  proposalCount: number;
  ballots: (Ballot & { proposalId: string; proposal: { title: string } })[];
  history: { at: number; blockNumber: number; votes: string }[];
}

export const DELEGATES = `query Delegates($after: String) { delegates(first: 20, after: $after) {
  pageInfo { endCursor hasNextPage }
  nodes { address units votes delegatorCount ballotCount member { memberNo validator { validatorId name } }
  statement { name text } } } }`;

export const VOTER = `query Voter($address: String!) { delegate(address: $address) {
  address units votes delegatorCount ballotCount delegatedTo proposalCount
  statement { delegate name text link signedAt hash signature } member { memberNo validator { validatorId name } }
  ballots(first: 50) { voter isOverride support weight reduced reason castAt blockNumber proposalId proposal { title } }
  history(first: 100) { at blockNumber votes } } }`;

export const STATEMENT = `query Statement($address: String!) { delegate(address: $address) {
  statement { delegate name text link signedAt hash signature } } }`;

/** How a voter is called where it has a name. */
export const nameOf = ({ member }: Pick<ListedDelegate, "member">) => member?.validator?.name;
