import { keccak256, stringToBytes } from "viem";
import { describe, expect, it } from "vitest";
import { documentOf, hashFile, hashOf, isHash, type Statement } from "./document.ts";

const salt = `0x${"1".repeat(64)}` as const;
const statement: Statement = { about: "case-1", text: " 두 번 서명하지 않았습니다.\n", files: [], salt };

describe("a statement's document", () => {
  it("is the same for the same words, and its hash is that of its bytes", () => {
    const document = documentOf(statement);
    expect(document).toBe(documentOf({ ...statement, text: "두 번 서명하지 않았습니다." }));
    expect(hashOf(document)).toBe(keccak256(stringToBytes(document)));
  });
  it("changes with its salt and its files", () => {
    const hash = hashOf(documentOf(statement));
    expect(hashOf(documentOf({ ...statement, salt: `0x${"2".repeat(64)}` }))).not.toBe(hash);
    expect(hashOf(documentOf({ ...statement, files: [{ name: "log", bytes: 1, keccak256: salt }] }))).not.toBe(hash);
  });
});

describe("hashFile", () => {
  it("hashes the content alone", async () => {
    const file = await hashFile(new File(["evidence"], "node.log"));
    expect(file).toEqual({ name: "node.log", bytes: 8, keccak256: keccak256(stringToBytes("evidence")) });
  });
});

describe("isHash", () => {
  it("takes 32 bytes and nothing else", () => {
    expect([isHash(salt), isHash("0x12"), isHash("")]).toEqual([true, false, false]);
  });
});
