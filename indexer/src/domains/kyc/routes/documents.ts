import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { RouteKit } from "../../../platform/domain.ts";
import { checked } from "../../../platform/http/rest.ts";
import { mediaTypes } from "../files/media.ts";
import { documentKinds } from "../rules.ts";
import {
  announceDocument,
  finishDocument,
  MAX_CASE_BYTES,
  MAX_PART_BYTES,
  ownDocument,
  removeDocument,
  writePart,
} from "../service/documents.ts";
import { shownDocument } from "./shown.ts";

const path = z.object({ documentId: z.uuid() });
export const announced = z.strictObject({
  kind: z.enum(documentKinds),
  mediaType: z.enum(mediaTypes),
  size: z.int().min(1).max(MAX_CASE_BYTES),
});
export const part = z.strictObject({ offset: z.coerce.number().int().min(0).max(MAX_CASE_BYTES) });
export const ended = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/, "64 hex digits in lower case") });

/** Parts are bytes as they are. */
function partRoutes(rest: FastifyInstance, kit: RouteKit): void {
  void rest.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      "application/octet-stream",
      { parseAs: "buffer", bodyLimit: MAX_PART_BYTES },
      (_request, body, done) => done(null, body),
    );
    scope.put("/api/v1/members/:id/kyc/documents/:documentId", { bodyLimit: MAX_PART_BYTES }, async (request) => {
      const actor = await kit.door.self(request);
      const { documentId } = checked(path, request.params);
      const { offset } = checked(part, request.query);
      return { received: await writePart(kit, actor, documentId, offset, request.body as Buffer) };
    });
  });
}

/** Documents in parts: announced, sent from where the last part ended, and finished with their SHA-256. */
export function documentRoutes(rest: FastifyInstance, kit: RouteKit): void {
  rest.post("/api/v1/members/:id/kyc/documents", async (request, reply) => {
    const actor = await kit.door.self(request);
    const documentId = await announceDocument(kit, actor, checked(announced, request.body));
    return reply.status(201).send({ documentId, received: 0, partBytes: MAX_PART_BYTES });
  });

  partRoutes(rest, kit);

  rest.get("/api/v1/members/:id/kyc/documents/:documentId", async (request) => {
    const actor = await kit.door.self(request);
    return shownDocument(await ownDocument(kit, actor, checked(path, request.params).documentId));
  });

  rest.post("/api/v1/members/:id/kyc/documents/:documentId/finish", async (request) => {
    const actor = await kit.door.self(request);
    const { documentId } = checked(path, request.params);
    const { sha256 } = checked(ended, request.body);
    await finishDocument(kit, actor, documentId, Buffer.from(sha256, "hex"));
    return { documentId, sha256 };
  });

  rest.delete("/api/v1/members/:id/kyc/documents/:documentId", async (request, reply) => {
    const actor = await kit.door.self(request);
    await removeDocument(kit, actor, checked(path, request.params).documentId);
    return reply.status(204).send();
  });
}
