import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, isEnumType, isInputObjectType, isObjectType } from "graphql";
import { describe, expect, it } from "vitest";
import { matching, typesIn } from "./schema-text.ts";

const sdl = readFileSync(join(import.meta.dirname, "../../../../indexer/schema.graphql"), "utf8");
const types = typesIn(sdl);

describe("the schema beside the query", () => {
  it("has every type and every field of the schema, the questions first", () => {
    const known = Object.values(buildSchema(sdl).getTypeMap()).filter(
      (type) => !type.name.startsWith("__") && (isObjectType(type) || isInputObjectType(type) || isEnumType(type)),
    );
    expect(types.map(({ name }) => name).sort()).toEqual(known.map(({ name }) => name).sort());
    expect(types[0]?.name).toBe("Query");
    for (const type of known) {
      const count = isEnumType(type)
        ? type.getValues().length
        : isObjectType(type) || isInputObjectType(type)
          ? Object.keys(type.getFields()).length
          : 0;
      expect([type.name, types.find(({ name }) => name === type.name)?.lines.length]).toEqual([type.name, count]);
    }
  });
  it("is found by types whole, and by fields line by line", () => {
    expect(matching(types, "memberreferral").map(({ name }) => name)).toContain("MemberReferral");
    expect(matching(types, "waitingCount")).toEqual([{ name: "MemberReferral", lines: ["waitingCount: Int!"] }]);
    expect(matching(types, "no such thing")).toEqual([]);
  });
});
