import { type Hex, keccak256, stringToBytes, toHex } from "viem";

/** A file that stays with its owner; only its hash goes on record. */
export interface HashedFile {
  name: string;
  bytes: number;
  keccak256: Hex;
}

/** What an appellant says. The salt keeps a short text from being guessed by its hash. */
export interface Statement {
  about: string;
  text: string;
  files: HashedFile[];
  salt: Hex;
}

export const newSalt = (): Hex => toHex(crypto.getRandomValues(new Uint8Array(32)));

/** The document whose bytes are hashed: whoever is given the file can check it against the chain. */
export const documentOf = ({ about, text, files, salt }: Statement): string =>
  `${JSON.stringify({ about, text: text.trim(), files, salt }, null, 2)}\n`;

export const hashOf = (document: string): Hex => keccak256(stringToBytes(document));

/** Reads a file on this computer and hashes it; nothing is uploaded. */
export async function hashFile(file: File): Promise<HashedFile> {
  const content = new Uint8Array(await file.arrayBuffer());
  return { name: file.name, bytes: content.length, keccak256: keccak256(content) };
}

export const isHash = (text: string): text is Hex => /^0x[0-9a-fA-F]{64}$/.test(text.trim());
