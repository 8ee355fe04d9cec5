import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Hex } from "viem";
import { z } from "zod";
import type { Door } from "../../../platform/access/door.ts";
import { acrossMembers } from "../../../platform/access/scope.ts";
import { Problem } from "../../../platform/http/problem.ts";
import { checked, noBody } from "../../../platform/http/rest.ts";
import type { Cookies } from "../cookies.ts";
import type { SessionRow } from "../repository/sessions.ts";
import type { SignedIn, SignIn, Source } from "../service/sign-in.ts";
import { STATEMENTS } from "../siwe.ts";

export interface RouteParts {
  signIn: SignIn;
  door: Door;
  cookies: Cookies;
}

const signature = z.string().regex(/^0x([0-9a-fA-F]{2}){1,8192}$/, "0x and pairs of hex digits");
export const signedMessage = z.strictObject({ message: z.string().max(2_000), signature });
const sessionPath = z.object({ sessionId: z.uuid() });

const shown = (session: SessionRow, current: string) => ({
  id: session.id,
  address: session.address,
  createdAt: session.created_at.toISOString(),
  lastUsedAt: session.last_used_at.toISOString(),
  expiresAt: session.expires_at.toISOString(),
  isCurrent: session.id === current,
});

/** Sign-in by wallet (EIP-4361), and what keeps a session going. */
export function signInRoutes(rest: FastifyInstance, { signIn, door, cookies }: RouteParts): void {
  function answer(reply: FastifyReply, { refreshToken, ...forPage }: SignedIn) {
    cookies.setRefresh(reply, refreshToken);
    return { ...forPage, tokenType: "Bearer" };
  }
  const sourceOf = (request: FastifyRequest): Source => ({
    browserHash: cookies.browserOf(request),
    address: request.ip,
  });

  rest.get("/.well-known/jwks.json", async (_request, reply) => {
    reply.header("cache-control", "public, max-age=300");
    return signIn.jwks;
  });

  rest.post("/api/v1/auth/siwe/nonce", async (request, reply) => {
    await door.visitor(request);
    checked(noBody, request.body);
    const { nonce, expiresAt, chainId } = await signIn.nonce(cookies.mark(request, reply));
    return { nonce, expiresAt: expiresAt.toISOString(), chainId, statements: STATEMENTS };
  });

  rest.post("/api/v1/auth/siwe/verify", async (request, reply) => {
    await door.visitor(request);
    const signed = checked(signedMessage, request.body);
    const { message, signature: bytes } = signed;
    return answer(reply, await acrossMembers(() => signIn.verify(message, bytes as Hex, sourceOf(request))));
  });

  rest.post("/api/v1/auth/token/refresh", async (request, reply) => {
    checked(noBody, request.body);
    const token = cookies.refreshOf(request);
    // A browser that never signed in asks, too; that is no refusal.
    if (token === undefined) return reply.status(204).send();
    await door.renewal(request);
    try {
      return answer(reply, await acrossMembers(() => signIn.refresh(token, sourceOf(request))));
    } catch (error) {
      if (error instanceof Problem && error.status === 401) cookies.dropRefresh(reply);
      throw error;
    }
  });

  rest.post("/api/v1/auth/logout", async (request, reply) => {
    const { memberId, sessionId } = await door.member(request);
    await signIn.revoke(memberId, sessionId, "signed_out");
    cookies.dropRefresh(reply);
    return reply.status(204).send();
  });
}

/** A member's own sessions: seen, and ended. */
export function sessionRoutes(rest: FastifyInstance, { signIn, door }: RouteParts): void {
  rest.get("/api/v1/auth/session", async (request) => {
    const { memberId, sessionId, roles, steppedUpAt } = await door.member(request);
    return { memberId, sessionId, roles: [...roles], steppedUpAt: steppedUpAt?.toISOString() ?? null };
  });

  rest.get("/api/v1/members/:id/sessions", async (request) => {
    const { memberId, sessionId } = await door.self(request);
    return { sessions: (await signIn.sessions(memberId)).map((session) => shown(session, sessionId)) };
  });

  rest.delete("/api/v1/members/:id/sessions", async (request) => {
    const { memberId, sessionId } = await door.self(request);
    return { ended: await signIn.revokeOthers(memberId, sessionId) };
  });

  rest.delete("/api/v1/members/:id/sessions/:sessionId", async (request, reply) => {
    const { memberId } = await door.self(request);
    await signIn.revoke(memberId, checked(sessionPath, request.params).sessionId, "ended_by_member");
    return reply.status(204).send();
  });
}
