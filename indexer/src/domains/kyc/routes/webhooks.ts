import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { RouteKit } from "../../../platform/domain.ts";
import { checked } from "../../../platform/http/rest.ts";
import { takeWebhook } from "../service/provider-news.ts";

const MAX_WEBHOOK_BYTES = 262_144;
const path = z.object({ provider: z.string().max(20) });

/** Providers' webhooks. Signatures are over the bytes as they came, so nobody parses them before. */
export function webhookRoutes(rest: FastifyInstance, kit: RouteKit): void {
  void rest.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: MAX_WEBHOOK_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    scope.post("/webhooks/kyc/:provider", { bodyLimit: MAX_WEBHOOK_BYTES }, async (request, reply) => {
      const { provider } = checked(path, request.params);
      const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      await takeWebhook(kit, provider, raw, request.headers);
      return reply.status(200).send({ ok: true });
    });
  });
}
