import { randomInt } from "node:crypto";
import { type Answer, Connections } from "../members/connection.ts";
import type { Asked } from "./servers/server.ts";

const connections = new Connections();

const somewhere = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

/** Asks as another visitor each time, of a proxy that says who comes. @throws unless the answer is one */
export async function askPlainly(url: string, { method, path, body }: Asked): Promise<Answer> {
  const json: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  const headers = { accept: "application/json", "x-forwarded-for": somewhere(), ...json };
  const answer = await connections.ask(url + path, method, headers, body);
  if (answer.status !== 200) throw new Error(`${url + path}: ${answer.status} ${answer.body.slice(0, 300)}`);
  return answer;
}

/** As `askPlainly`, and reads the answer. @throws for an answer with errors, too */
export async function ask(url: string, asked: Asked): Promise<unknown> {
  const body = JSON.parse((await askPlainly(url, asked)).body) as { errors?: { message: string }[] };
  if (body.errors) throw new Error(`${url}: ${body.errors[0]?.message}`);
  return body;
}
