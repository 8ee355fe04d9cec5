import { createHash } from "node:crypto";
import { Encrypter } from "age-encryption";
import { zipSync } from "fflate";
import { z } from "zod";
import type { Sql } from "../../platform/db/pool.ts";
import type { Kit } from "../../platform/domain.ts";
import { csvOf } from "../../platform/http/pages/csv.ts";
import { type PersonalField, personalFields, readPersonal } from "../identity/service/personal.ts";
import { contentOf } from "../kyc/service/documents.ts";
import { parts } from "./parts.ts";
import { documents } from "./repository/held.ts";

const FORMAT = "tburn-members-export/1";
/** The same for every file: an archive tells no times but those in it. */
const MOMENT = new Date(Date.UTC(2020, 0, 1));

type Files = Record<string, Buffer>;

const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
const endings: Record<string, string> = { "image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf" };

function tableFiles(name: string, columns: readonly string[], rows: Record<string, unknown>[]): Files {
  // Through JSON first, so that both files say times alike.
  const plain = JSON.parse(JSON.stringify(rows)) as Record<string, unknown>[];
  return { [`${name}.json`]: json(plain), [`${name}.csv`]: Buffer.from(csvOf(columns, plain)) };
}

/** Documents as they were handed in, under numbers: what a member called a file was never kept. */
async function documentFiles(sql: Sql, kit: Kit, memberId: string): Promise<Files> {
  const files: Files = {};
  const list = await documents(sql, memberId);
  const rows: Record<string, unknown>[] = [];
  for (const [place, one] of list.entries()) {
    const file = `documents/${place + 1}.${endings[one.mediaType] ?? "bin"}`;
    files[file] = await contentOf(kit, one);
    rows.push({ file, caseId: one.caseId, kind: one.kind, createdAt: one.createdAt });
  }
  return { ...files, ...tableFiles("documents", Object.keys(documentRow.shape), rows) };
}

const identityRow = z.strictObject({ field: z.enum(personalFields), value: z.string() });
const documentRow = z.strictObject({
  file: z.string(),
  caseId: z.uuid(),
  kind: z.string(),
  createdAt: z.iso.datetime(),
});

async function identityFiles(sql: Sql, kit: Kit, memberId: string): Promise<Files> {
  const told = await readPersonal(sql, kit, memberId, personalFields);
  const rows = (Object.entries(told) as [PersonalField, string][]).map(([field, value]) => ({ field, value }));
  return tableFiles("identity", ["field", "value"], rows);
}

/** JSON Schema (2020-12) of each table by the name of its file. */
const schemas = Object.fromEntries(
  [...parts, { name: "identity", row: identityRow }, { name: "documents", row: documentRow }].map(({ name, row }) => [
    `${name}.json`,
    z.toJSONSchema(z.array(row)),
  ]),
);

/**
 * Everything that is held of a member and is the member's to have, as files of one ZIP, encrypted (age) to `recipient`
 * before it leaves memory.
 * @param sql A snapshot: all parts at one moment.
 */
export async function archiveOf(sql: Sql, kit: Kit, memberId: string, recipient: string): Promise<Buffer> {
  const files: Files = { "schema.json": json(schemas), ...(await identityFiles(sql, kit, memberId)) };
  for (const { name, row, rows } of parts) {
    Object.assign(files, tableFiles(name, Object.keys(row.shape), await rows(sql, memberId)));
  }
  Object.assign(files, await documentFiles(sql, kit, memberId));
  const manifest = Object.entries(files).map(([name, bytes]) => ({
    ...{ name, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") },
  }));
  const told = { format: FORMAT, memberId, madeAt: kit.clock().toISOString(), files: manifest };
  const zip = zipSync({ "manifest.json": json(told), ...files }, { mtime: MOMENT, level: 6 });
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return Buffer.from(await encrypter.encrypt(zip));
}
