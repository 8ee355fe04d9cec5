import { authorised, Refused, type Session } from "../../shared/session/session.ts";
import { type DocumentKind, type OwnDocument, pathOf } from "./queries.ts";

const PART_BYTES = 1_048_576;
const TRIES = 6;
const PAUSE_MS = 1_000;

export interface Progress {
  stage: "hashing" | "sending" | "checking";
  /** Of the file's bytes, 0 to 1. */
  share: number;
}

const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** How much the server has; undefined while it cannot be reached. */
const received = (path: string) =>
  authorised<{ received: number }>("GET", path).then(
    (answer) => answer.received,
    () => undefined,
  );

async function sendParts(path: string, file: File, from: number, tell: (progress: Progress) => void): Promise<void> {
  let [offset, tries] = [from, 0];
  while (offset < file.size) {
    tell({ stage: "sending", share: offset / file.size });
    try {
      const part = file.slice(offset, offset + PART_BYTES);
      offset = (await authorised<{ received: number }>("PUT", `${path}?offset=${offset}`, part)).received;
      tries = 0;
    } catch (error) {
      const mayHeal = error instanceof Refused && (error.code === "OFFLINE" || error.code === "KYC_OFFSET_WRONG");
      if (!mayHeal || ++tries > TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * tries));
      offset = (await received(path)) ?? offset;
    }
  }
}

/**
 * Sends a file in parts, going on from where an earlier attempt ended; its SHA-256 is computed here, so that the server
 * keeps exactly what was chosen.
 * @throws {Refused}
 */
export async function upload(
  session: Session,
  { file, kind, begun }: { file: File; kind: DocumentKind; begun: OwnDocument | undefined },
  tell: (progress: Progress) => void,
): Promise<void> {
  tell({ stage: "hashing", share: 0 });
  const sha256 = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  const documents = `${pathOf(session)}/documents`;
  const isSame = begun !== undefined && begun.size === file.size && begun.mediaType === file.type;
  const wanted = { kind, mediaType: file.type, size: file.size };
  const id = isSame ? begun.id : (await authorised<{ documentId: string }>("POST", documents, wanted)).documentId;
  await sendParts(`${documents}/${id}`, file, isSame ? begun.received : 0, tell);
  tell({ stage: "checking", share: 1 });
  await authorised("POST", `${documents}/${id}/finish`, { sha256 });
}
