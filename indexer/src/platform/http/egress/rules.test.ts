import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPublic, isRefusal, readNodeTarget, readWebTarget } from "./rules.ts";

const numberOf = (text: string) => text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

/** Blocks of IPv4 that are nobody's on the public internet, told apart from the library's table (IANA, RFC 6890). */
const closed = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
  192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32`
  .split(/\s+/)
  .map((block) => block.split("/"))
  .map(([first = "", bits]) => ({ first: numberOf(first), size: 2 ** (32 - Number(bits)) }));
const bytesOf = (n: number) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const dotted = (n: number) => bytesOf(n).join(".");
const privately = fc
  .tuple(fc.constantFrom(...closed), fc.nat(0xffffffff))
  .map(([{ first, size }, place]) => (first + (place % size)) >>> 0);
const publicly = fc
  .constantFrom("1.1.1.1", "8.8.8.8", "93.184.215.14", "199.60.103.1", "223.255.255.254")
  .map(numberOf);

const hex = (n: number) => `0x${n.toString(16)}`;
const octal = (n: number) => `0${n.toString(8)}`;
/** Ways in which one and the same IPv4 address can be written in an address of the web. */
const spellings: Record<string, (n: number) => string> = {
  plain: dotted,
  decimal: String,
  hexadecimal: hex,
  octal,
  "parts in hexadecimal": (n) => bytesOf(n).map(hex).join("."),
  "parts in octal": (n) => bytesOf(n).map(octal).join("."),
  "two parts": (n) => `${n >>> 24}.${n & 0xffffff}`,
  "three parts": (n) => `${n >>> 24}.${(n >>> 16) & 255}.${n & 0xffff}`,
  "a dot at the end": (n) => `${dotted(n)}.`,
  "letters of full width": (n) => dotted(n).replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  "dots of another script": (n) => dotted(n).replaceAll(".", "。"),
  "percent signs": (n) => dotted(n).replace(/\d/g, (digit) => `%3${digit}`),
};
const pair = (a = 0, b = 0) => ((a << 8) | b).toString(16);
const words = (n: number) => {
  const [a, b, c, d] = bytesOf(n);
  return `${pair(a, b)}:${pair(c, d)}`;
};
/** IPv6 addresses that carry an IPv4 address. */
const wrappings: Record<string, (n: number) => string> = {
  mapped: (n) => `::ffff:${dotted(n)}`,
  "mapped, in hexadecimal": (n) => `::ffff:${words(n)}`,
  "mapped, at length": (n) => `0:0:0:0:0:ffff:${words(n)}`,
  NAT64: (n) => `64:ff9b::${dotted(n)}`,
  "6to4": (n) => `2002:${words(n)}::1`,
  "Teredo's client": (n) => `2001:0:808:808::${words(~n >>> 0)}`,
  "Teredo's server": (n) => `2001:0:${words(n)}::${words(~numberOf("8.8.8.8") >>> 0)}`,
};

describe("a private address", () => {
  it.each(Object.entries(spellings))("is refused in the web's spelling: %s", (_name, spell) => {
    fc.assert(
      fc.property(privately, (n) => {
        expect(readWebTarget(`https://${spell(n)}/hook`)).toBe("NOT_PUBLIC");
        expect(isRefusal(readNodeTarget(`${spell(n)}:26656`))).toBe(true);
      }),
    );
  });

  it.each(Object.entries(wrappings))("is refused inside of IPv6: %s", (_name, wrap) => {
    fc.assert(
      fc.property(privately, (n) => {
        expect(isPublic(wrap(n))).toBe(false);
        expect(readWebTarget(`https://[${wrap(n)}]/hook`)).toBe("NOT_PUBLIC");
        expect(readNodeTarget(`tls://[${wrap(n)}]:26656`)).toBe("NOT_PUBLIC");
      }),
    );
  });

  it.each([
    ...["::", "::1", "::7f00:1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "100::1", "2001:db8::1"],
    ...["3fff::1", "5f00::1", "64:ff9b:1::808:808", "::ffff:0:808:808", "2001:20::1", "4000::1"],
  ])("of IPv6 is refused: %s", (text) => {
    expect(isPublic(text)).toBe(false);
    expect(readWebTarget(`https://[${text}]/`)).toBe("NOT_PUBLIC");
  });

  it.each(["fe80::1%eth0", "127.1", "0x7f000001", "localhost", "", "1.2.3.4.5"])(
    "is not read by its zone or half: %s",
    (text) => {
      expect(isPublic(text)).toBe(false);
    },
  );

  it("is refused with a zone in it", () => {
    expect(readWebTarget("https://[fe80::1%25eth0]/")).toBe("MALFORMED");
  });
});

describe("a public address", () => {
  it.each([...Object.entries(spellings), ...Object.entries(wrappings)])("is taken: %s", (name, spell) => {
    fc.assert(
      fc.property(publicly, (n) => {
        const host = name in wrappings ? `[${spell(n)}]` : spell(n);
        expect(readWebTarget(`https://${host}/hook?a=1`)).toMatchObject({
          port: 443,
          path: "/hook?a=1",
          isTest: false,
        });
      }),
    );
  });

  it.each(["2606:4700::1111", "2a00:1450:4001::200e"])("of IPv6 is taken: %s", (text) => {
    expect(isPublic(text)).toBe(true);
  });
});

describe("where a webhook goes", () => {
  it.each([
    ["http://example.com/", "NOT_HTTPS"],
    ["ftp://example.com/", "NOT_HTTPS"],
    ["file:///etc/passwd", "MALFORMED"],
    ["gopher://127.0.0.1:11211/_stats", "NOT_HTTPS"],
    ["https://user@example.com/", "CREDENTIALS"],
    ["https://user:word@example.com/", "CREDENTIALS"],
    ["https://example.com:8443/", "PORT"],
    ["https://exam ple.com/", "MALFORMED"],
    ["https://example.com\\@127.0.0.1/", "MALFORMED"],
    ["https://example.com/\r\nx: y", "MALFORMED"],
    ["https://", "MALFORMED"],
    [`https://example.com/${"a".repeat(2_048)}`, "MALFORMED"],
  ])("is not %s", (text, refusal) => {
    expect(readWebTarget(text)).toBe(refusal);
  });

  it("is a loopback address where a test opened that very origin", () => {
    const open = ["http://127.0.0.1:4010"];
    expect(readWebTarget("http://127.0.0.1:4010/hook", open)).toMatchObject({ isTest: true, port: 4010 });
    expect(readWebTarget("http://127.0.0.1:4011/hook", open)).toBe("NOT_PUBLIC");
    expect(readWebTarget("https://127.0.0.1:4010/hook", open)).toBe("NOT_PUBLIC");
  });
});

describe("where a node listens", () => {
  it.each([
    ["validator.example:26656", { protocol: "tcp:", host: "validator.example", port: 26656 }],
    ["tcp://validator.example:26656", { protocol: "tcp:", port: 26656 }],
    ["tls://8.8.8.8:443", { protocol: "tls:", host: "8.8.8.8", port: 443 }],
    ["tls://[2606:4700::1111]:9000", { protocol: "tls:", host: "2606:4700::1111", port: 9000 }],
  ])("is read: %s", (text, target) => expect(readNodeTarget(text)).toMatchObject(target));

  it.each([
    ["validator.example", "MALFORMED"],
    ["validator.example:", "MALFORMED"],
    ["validator.example:70000", "MALFORMED"],
    ["validator.example:26656/path", "MALFORMED"],
    ["https://validator.example:26656", "MALFORMED"],
    ["a@validator.example:26656", "CREDENTIALS"],
    ["mail.example:25", "PORT"],
    ["ssh.example:22", "PORT"],
    ["2130706433:26656", "NOT_PUBLIC"],
    ["tls://0x7f.1:26656", "NOT_PUBLIC"],
  ])("is not %s", (text, refusal) => expect(readNodeTarget(text)).toBe(refusal));
});
