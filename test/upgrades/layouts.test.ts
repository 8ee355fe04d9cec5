import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { layouts } from "../storage-layouts/layouts.ts";

const committed = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../storage-layouts/${name}.json`), "utf8")) as Record<
    string,
    string[]
  >;

describe("storage layouts", () => {
  it("are the committed ones (node test/storage-layouts/layouts.ts writes them anew; append, never move)", () => {
    for (const [name, structs] of Object.entries(layouts())) expect(structs, name).to.deep.equal(committed(name));
  });
});
