import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answers } from "./answers.ts";
import { Questions } from "./question.ts";
import type { Told } from "./shelf.ts";
import type { Witness } from "./witness.ts";

/** The server of the language, as far as it is needed here. */
interface Yoga {
  (request: IncomingMessage, response: ServerResponse): unknown;
  handleNodeRequestAndResponse(
    request: IncomingMessage,
    response: ServerResponse,
    context: object,
  ): Promise<Response> | Response;
}

async function made(yoga: Yoga, request: IncomingMessage, response: ServerResponse, witness: Witness): Promise<Told> {
  const answer = await yoga.handleNodeRequestAndResponse(request, response, { req: request, res: response, witness });
  if (answer.status !== 200) witness.fail();
  return {
    status: answer.status,
    type: answer.headers.get("content-type") ?? "application/json",
    body: Buffer.from(await answer.arrayBuffer()),
  };
}

/**
 * Answers requests: by what is kept, where it may be told to anybody, or by what the server makes of them.
 * @param hasOrigins Whether pages of other origins may ask.
 */
export function serving(yoga: Yoga, answers: Answers | undefined, hasOrigins: boolean) {
  const questions = new Questions(hasOrigins);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { body } = request as { body?: unknown };
    const question = typeof body === "string" ? questions.of(request, body) : undefined;
    if (!answers || question === undefined) return void (await yoga(request, response));
    const told = await answers.of(question, (witness) => made(yoga, request, response, witness));
    response.writeHead(told.status, { "content-type": told.type, "content-length": told.body.length }).end(told.body);
  };
}
