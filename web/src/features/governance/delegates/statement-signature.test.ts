import { privateKeyToAccount } from "viem/accounts";
import { describe, expect, it } from "vitest";
import { isOwnWord, statementData } from "./statement-signature.ts";

const account = privateKeyToAccount(`0x${"1".repeat(64)}`);
const said = { name: "한빛", text: "천천히 바꿉니다.", link: "", delegate: account.address, signedAt: 1_800_000_000 };

describe("isOwnWord", () => {
  it("knows what the delegate's key signed, on this chain and word for word", async () => {
    const signature = await account.signTypedData(statementData(said, 31337));
    expect(await isOwnWord({ ...said, signature }, 31337)).toBe(true);
    expect(await isOwnWord({ ...said, signature }, 1)).toBeUndefined();
    expect(await isOwnWord({ ...said, text: "빨리 바꿉니다.", signature }, 31337)).toBeUndefined();
    expect(await isOwnWord({ ...said, signature: "0x12" }, 31337)).toBeUndefined();
  });
});
