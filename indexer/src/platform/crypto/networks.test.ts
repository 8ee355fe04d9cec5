import { randomBytes } from "node:crypto";
import { BlockList, isIPv6 } from "node:net";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Network, NetworkMarks, readNetwork, writeNetwork } from "./networks.ts";

const read = (text: string): Network => {
  const network = readNetwork(text);
  if (!network) throw new Error(`no network: ${text}`);
  return network;
};
const written = (text: string) => writeNetwork(read(text));
const marks = new NetworkMarks(randomBytes(32));
const admits = (networks: string[], address: string) => marks.admit("m", marks.of("m", networks.map(read)), address);

describe("a network", () => {
  it.each([
    ["203.0.113.0/24", "203.0.113.0/24"],
    ["203.0.113.7", "203.0.113.7/32"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["2001:DB8:0:0::/32", "2001:db8::/32"],
    ["::1", "::1/128"],
    ["::/0", "::/0"],
    ["::ffff:203.0.113.0/120", "203.0.113.0/24"],
    ["::ffff:cb00:7107", "203.0.113.7/32"],
  ])("%s has one form", (text, form) => expect(written(text)).toBe(form));

  it.each([
    "",
    "/8",
    "10.0.0.1/8",
    "10.0.0.0/33",
    "10.0.0.0/08",
    "010.0.0.0/8",
    "10.0.0.0/-1",
    "10.0.0.0/8/8",
    " 10.0.0.0/8",
    "2001:db8::1/32",
    "::/129",
    "fe80::1%eth0",
    "::ffff:10.0.0.0/95",
    "members.test",
    "10.0.0/8",
    "10.0.0.0/8\n",
  ])("is not %j", (text) => expect(readNetwork(text)).toBeUndefined());
});

describe("marks of networks", () => {
  it("admit everybody where there are none", () => {
    expect(marks.admit("m", [], "203.0.113.7")).toBe(true);
  });

  it("tell an address of IPv4 in either of its forms, and take no prefix of a text for one", () => {
    expect(admits(["203.0.113.0/24"], "203.0.113.255")).toBe(true);
    expect(admits(["203.0.113.0/24"], "::ffff:203.0.113.255")).toBe(true);
    expect(admits(["203.0.113.1"], "203.0.113.10")).toBe(false);
    expect(admits(["::/0"], "203.0.113.1")).toBe(false);
  });

  it("admit nobody whose address is none", () => {
    for (const address of ["", "unknown", "fe80::1%eth0", "203.0.113.0/24"]) {
      expect(admits(["0.0.0.0/0", "::/0"], address)).toBe(false);
    }
  });

  it("are another member's for nobody else", () => {
    expect(marks.admit("other", marks.of("m", [read("203.0.113.0/24")]), "203.0.113.7")).toBe(false);
  });

  it("agree with Node's own list within a family, whatever the network and the address", () => {
    const family = (address: string) => (isIPv6(address) ? "ipv6" : "ipv4");
    const pair = fc.oneof(fc.tuple(fc.ipV4(), fc.ipV4()), fc.tuple(fc.ipV6(), fc.ipV6()));
    fc.assert(
      fc.property(pair, fc.nat(128), ([base, address], bits) => {
        const network = around(base, bits);
        const list = new BlockList();
        list.addSubnet(base, network.prefix, family(base));
        // Two addresses that may lie together, and two that hardly do.
        for (const asked of [base, address]) {
          fc.pre(read(asked).bytes.length === (isIPv6(asked) ? 16 : 4));
          expect(marks.admit("m", marks.of("m", [network]), asked)).toBe(list.check(asked, family(asked)));
        }
      }),
    );
  });
});

/** The network of at most `bits` fixed bits in which an address lies. */
function around(address: string, bits: number): Network {
  const { bytes } = read(address);
  const prefix = Math.min(bits, bytes.length * 8);
  const mask = (i: number) => 0xff00 >> Math.min(8, Math.max(0, prefix - i * 8));
  return { bytes: Buffer.from(bytes.map((byte, i) => byte & mask(i))), prefix };
}
