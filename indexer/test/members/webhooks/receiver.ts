// A member's own server, in a process of its own: believes messages by the published package alone.
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

/** What it is told to do from now on. */
export interface Wanted {
  secrets: string[];
  status: number;
  headers?: Record<string, string>;
  body?: string;
  /** Takes messages, and never answers. */
  holds?: boolean;
}

/** A message that came. */
export interface Heard {
  id: string;
  /** Which of the secrets it knows believe it. */
  believedBy: string[];
  signatures: number;
  body: string;
  userAgent: string;
}

let wanted: Wanted = { secrets: [], status: 204 };
process.on("message", (message: Wanted) => {
  wanted = message;
  process.send?.({ ready: true });
});
process.on("disconnect", () => process.exit(0));

function isBelieved(secret: string, body: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString("utf8");
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const heard: Heard = {
    id: headers["webhook-id"] ?? "",
    believedBy: wanted.secrets.filter((secret) => isBelieved(secret, body, headers)),
    signatures: headers["webhook-signature"]?.split(" ").length ?? 0,
    body,
    userAgent: headers["user-agent"] ?? "",
  };
  process.send?.({ heard });
  if (!wanted.holds) response.writeHead(wanted.status, wanted.headers).end(wanted.body);
});
server.listen(Number(process.argv[2]), "127.0.0.1", () => process.send?.({ ready: true }));
