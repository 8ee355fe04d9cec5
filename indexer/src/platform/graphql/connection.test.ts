import fc from "fast-check";
import { expect, it } from "vitest";
import { connection, pageOf } from "./connection.ts";

it("reads back each cursor that it has written", () =>
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 77n }), fc.nat(), (a, b) => {
      const { edges } = connection(
        [[String(a), String(b)]],
        { limit: 1, after: undefined },
        null,
        (row) => row,
        (row) => row,
      );
      expect(pageOf({ after: edges[0]?.cursor ?? "" }, ["wide", "whole"]).after).toEqual([String(a), String(b)]);
    }),
  ));

it("refuses any other text", () =>
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => pageOf({ after: text }, ["whole"])).toThrow(
        expect.objectContaining({ extensions: { code: "CURSOR_INVALID" } }),
      );
    }),
  ));

it.each([0, -1, 101, 1.5])("refuses a page of %d", (first) =>
  expect(() => pageOf({ first }, [])).toThrow(expect.objectContaining({ extensions: { code: "PAGE_SIZE_INVALID" } })),
);

it("tells by one row more that there is more", () => {
  const found = connection(
    [1, 2, 3],
    { limit: 2, after: undefined },
    null,
    (n) => [String(n)],
    (n) => n * 10,
  );
  expect([found.nodes, found.pageInfo.hasNextPage]).toEqual([[10, 20], true]);
});
