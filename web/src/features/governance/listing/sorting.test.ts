import { expect, it } from "vitest";
import type { ListedProposal, View } from "../queries.ts";
import { sortedOut } from "./sorting.ts";

const me = "0x01";
const listed = (proposalId: string) => ({ proposalId }) as ListedProposal;
const view = (state: View["state"], votes = 0n) =>
  ({ state, votes, units: votes, delegate: me, hasVoted: false, hasOverridden: false }) as unknown as View;

it("puts each proposal in one place", () => {
  const views = new Map([
    ["1", view("active", 5n)],
    ["2", view("active")],
    ["3", view("queued")],
    ["4", view("executed", 5n)],
  ]);
  const ids = (rows: { proposal: ListedProposal }[]) => rows.map(({ proposal }) => proposal.proposalId);
  const sorted = sortedOut(["1", "2", "3", "4", "unknown"].map(listed), views, me);
  expect([ids(sorted.mine), ids(sorted.active), ids(sorted.ended)]).toEqual([["1"], ["2", "3"], ["4"]]);
  expect(ids(sortedOut([listed("1")], views, undefined).active)).toEqual(["1"]);
});
