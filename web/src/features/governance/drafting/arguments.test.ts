import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isComposite, parseArgument, templateOf, typeOf } from "./arguments.ts";

const read = (type: string, written: string, components?: { name: string; type: string }[]) => {
  const parsed = parseArgument({ name: "x", type, components } as never, written);
  return parsed.ok ? parsed.value : `${parsed.problem} ${parsed.at}`.trim();
};
const parts = [
  { name: "grace", type: "uint40" },
  { name: "who", type: "address" },
];
const someone = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

describe("parseArgument", () => {
  it("reads integers, large ones exactly, tokens by their name", () => {
    expect(read("uint256", "1,000_000")).toBe(1_000_000n);
    expect(read("uint16", "0xff")).toBe(255);
    expect(read("uint96", "1,000.5 TBURN")).toBe(1_000_500_000_000_000_000_000n);
    expect(read("int256", "-5")).toBe(-5n);
    expect(read("uint8", "256")).toBe("range x");
    expect(read("uint8", "-1")).toBe("range x");
    expect(read("uint256", "1e18")).toBe("integer x");
    expect(read("uint256", "1.5")).toBe("integer x");
    expect(read("uint256", "")).toBe("empty x");
  });
  it("reads addresses, truths and bytes", () => {
    expect(read("address", someone.toLowerCase())).toBe(someone);
    expect(read("address", someone.replace("C5", "c5"))).toBe("checksum x");
    expect(read("address", "0x12")).toBe("address x");
    expect(read("bool", "true")).toBe(true);
    expect(read("bool", "yes")).toBe("bool x");
    expect(read("bytes", "0x")).toBe("0x");
    expect(read("bytes4", "0x01020304")).toBe("0x01020304");
    expect(read("bytes4", "0x0102")).toBe("bytes x");
    expect(read("string", " a ")).toBe(" a ");
  });
  it("reads structs and lists as JSON and names the part that is wrong", () => {
    expect(read("tuple", `{"grace": 5, "who": "${someone}"}`, parts)).toEqual({ grace: 5, who: someone });
    expect(read("tuple[]", `[{"grace": 5, "who": "0x"}]`, parts)).toBe("address x[0].who");
    expect(read("tuple", `{"grace": 5}`, parts)).toBe("empty x.who");
    expect(read("tuple", `{"grace": 5, "who": "${someone}", "more": 1}`, parts)).toBe("shape x");
    expect(read("uint256[]", `["${2n ** 200n}", 7]`)).toEqual([2n ** 200n, 7n]);
    expect(read("uint256[]", "[1e30]")).toBe("unsafe x[0]");
    expect(read("uint64[2]", "[1]")).toBe("shape x");
    expect(read("uint256[]", "[")).toBe("json x");
  });
  it("never throws", () => {
    const types = fc.constantFrom("uint256", "int8", "address", "bool", "bytes", "bytes32", "uint8[]", "tuple");
    fc.assert(
      fc.property(types, fc.oneof(fc.string(), fc.json()), (type, written) => {
        expect(() => read(type, written, parts)).not.toThrow();
      }),
    );
  });
});

describe("templateOf", () => {
  it("names the parts of a struct", () => {
    const param = { name: "x", type: "tuple", components: parts };
    expect(JSON.parse(templateOf(param))).toEqual({ grace: "", who: "" });
    expect(typeOf(param)).toBe("struct { uint40 grace; address who }");
    expect([isComposite(param), templateOf({ type: "uint8[]" }), templateOf({ type: "bool" })]).toEqual([
      true,
      "[]",
      "",
    ]);
  });
});
