/** Name and version of the EIP-712 domain in which delegates sign what they say about themselves; the chain's id completes it. */
export const statementDomain = { name: "TBURN Delegates", version: "1" } as const;

/** EIP-712 type of a delegate's statement. `signedAt` is in unix seconds: of two statements the later counts. */
export const statementTypes = {
  DelegateStatement: [
    { name: "delegate", type: "address" },
    { name: "name", type: "string" },
    { name: "text", type: "string" },
    { name: "link", type: "string" },
    { name: "signedAt", type: "uint64" },
  ],
} as const;

/** What a delegate says; all parts empty to withdraw it. */
export interface StatementParts {
  name: string;
  text: string;
  link: string;
}

/** Most characters of each part. */
export const statementLimits = { name: 60, text: 2_000, link: 200 } as const;

/** Control characters, and those that turn the direction of what stands around them: neither is seen when it is signed. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

function isLink(link: string): boolean {
  if (/\s/.test(link) || !URL.canParse(link)) return false;
  const { protocol, username, password } = new URL(link);
  return protocol === "https:" && username === "" && password === "";
}

/** Parts of a statement that cannot be published as they are; none for one that withdraws. */
export function wrongParts({ name, text, link }: StatementParts): (keyof StatementParts)[] {
  if (name === "" && text === "" && link === "") return [];
  const isWrong: Record<keyof StatementParts, boolean> = {
    name: name.trim() === "" || name.length > statementLimits.name || UNSEEN.test(name),
    text: text.trim() === "" || text.length > statementLimits.text || UNSEEN.test(text.replaceAll("\n", "")),
    link: link !== "" && (link.length > statementLimits.link || UNSEEN.test(link) || !isLink(link)),
  };
  return (["name", "text", "link"] as const).filter((part) => isWrong[part]);
}
