/** Types of documents, and the bytes by which they begin. What a browser calls a file counts for nothing. */
const beginnings = {
  "image/jpeg": [0xff, 0xd8, 0xff],
  "image/png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  "application/pdf": [0x25, 0x50, 0x44, 0x46, 0x2d],
} as const;

export const mediaTypes = Object.keys(beginnings) as [MediaType, ...MediaType[]];
export type MediaType = keyof typeof beginnings;

/** Whether `bytes`, the first ones of a document, are of that type. */
export const beginsAs = (type: MediaType, bytes: Buffer): boolean =>
  beginnings[type].every((value, index) => bytes[index] === value);

/** Bytes in which a document's type can be seen. */
export const BEGINNING_BYTES = 8;
