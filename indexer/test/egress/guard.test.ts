import { once } from "node:events";
import { createServer as createWeb, type RequestListener, type Server as WebServer } from "node:http";
import { createServer as createSafeWeb } from "node:https";
import { type AddressInfo, createServer, type Server } from "node:net";
import { createServer as createSafeServer, getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { Egress } from "../../src/platform/http/egress/guard.ts";
import { certificate, key } from "./certificate.ts";
import { startNameServer } from "./name-server.ts";

const PUBLIC = "8.8.8.8";
const stops: (() => unknown)[] = [];
beforeAll(() => setDefaultCACertificates([...getCACertificates(), certificate]));
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function listening<T extends Server | WebServer>(server: T): Promise<{ server: T; port: number }> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  stops.push(() => server.close());
  return { server, port: (server.address() as AddressInfo).port };
}
const web = (answer: RequestListener) => listening(createWeb(answer));
/** Counts who connects. */
async function counting() {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  const { port } = await listening(server);
  return { port, connections: () => connections };
}
async function startNames(...answers: string[][]) {
  const server = await startNameServer(answers);
  stops.push(server.stop);
  return server;
}
const opened = (port: number) => new Egress({ loopback: [`http://127.0.0.1:${port}`] });
const posted = (egress: Egress, port: number, body = "{}") =>
  egress.post(`http://127.0.0.1:${port}/hook`, { "content-type": "application/json" }, body);

describe("a name", () => {
  it("is looked up once, so that one that changes between two looks leads nowhere else", async () => {
    const [inside, server] = [await counting(), await startNames([PUBLIC], ["127.0.0.1"])];
    const egress = new Egress({ resolve: server.resolve, patienceMs: 300 });
    await expect(egress.exchange(`rebinds.test:${inside.port}`, "{}")).rejects.toThrow(/UNREACHABLE|TOO_SLOW/);
    expect([server.asked(), inside.connections()]).toEqual([1, 0]);
  });

  it.each([[["127.0.0.1"]], [[PUBLIC, "127.0.0.1"]], [[PUBLIC, "169.254.169.254"]], [["10.0.0.1", PUBLIC]]])(
    "with the addresses %j is called at none of them",
    async (addresses) => {
      const [inside, server] = [await counting(), await startNames(addresses)];
      const egress = new Egress({ resolve: server.resolve, patienceMs: 300 });
      await expect(egress.exchange(`mixed.test:${inside.port}`, "{}")).rejects.toThrow("ADDRESS_REFUSED");
      await expect(egress.post("https://mixed.test/", {}, "{}")).rejects.toThrow("ADDRESS_REFUSED");
      expect(inside.connections()).toBe(0);
    },
  );

  it("of this machine is refused, as its own resolver has it", async () => {
    const { port, connections } = await counting();
    await expect(new Egress().exchange(`localhost:${port}`, "{}")).rejects.toThrow("ADDRESS_REFUSED");
    expect(connections()).toBe(0);
  });

  it("without an address cannot be reached", async () => {
    const server = await startNames([]);
    await expect(new Egress({ resolve: server.resolve }).post("https://nobody.test/", {}, "")).rejects.toThrow(
      "UNREACHABLE",
    );
  });

  it("is the one that the certificate must have, though the connection goes to the address", async () => {
    const server = await startNames(["127.0.0.1"]);
    const safe = createSafeWeb({ cert: certificate, key }, (request, response) => {
      response.writeHead(request.headers.host?.startsWith("pinned.test") ? 204 : 421).end();
    });
    const { port } = await listening(safe);
    const loopback = [`https://pinned.test:${port}`, `https://other.test:${port}`];
    const egress = new Egress({ resolve: server.resolve, loopback });
    expect(await egress.post(`https://pinned.test:${port}/`, {}, "{}")).toMatchObject({ status: 204 });
    await expect(egress.post(`https://other.test:${port}/`, {}, "{}")).rejects.toThrow("UNREACHABLE");
  });
});

describe("a literal", () => {
  it.each([
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://[::ffff:a9fe:a9fe]/",
    "https://2130706433/",
    "http://127.0.0.1:1/",
  ])("is looked at as well: %s", async (url) => {
    await expect(new Egress().post(url, {}, "{}")).rejects.toThrow("ADDRESS_REFUSED");
  });
});

describe("an answer", () => {
  it("is told by its status, and a redirect is one like others: nobody goes there", async () => {
    const inside = await counting();
    const { port } = await web((_request, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${inside.port}/`, "retry-after": "7" }).end(),
    );
    expect(await posted(opened(port), port)).toEqual({ status: 302, retryAfter: "7" });
    expect(inside.connections()).toBe(0);
  });

  it("is read no further than 64 KiB", async () => {
    const { port } = await web((_request, response) => response.writeHead(200).end("x".repeat(65_537)));
    await expect(posted(opened(port), port)).rejects.toThrow("ANSWER_TOO_LARGE");
    const whole = await web((_request, response) => response.writeHead(200).end("x".repeat(65_536)));
    expect(await posted(opened(whole.port), whole.port)).toMatchObject({ status: 200 });
  });

  it("that does not end in time is not waited for", async () => {
    const { port } = await web((_request, response) => {
      response.writeHead(200).write("x");
    });
    const egress = new Egress({ loopback: [`http://127.0.0.1:${port}`], patienceMs: 200 });
    await expect(posted(egress, port)).rejects.toThrow("TOO_SLOW");
  });

  it("that is no HTTP is none, and its words are in no message", async () => {
    const { port } = await listening(createServer((socket) => void socket.end("SECRET of a service inside\r\n\r\n")));
    const failure = await posted(opened(port), port).catch((error: Error) => error);
    expect(String(failure)).toBe("Error: UNREACHABLE");
  });
});

describe("a node", () => {
  const node = (answer: string) =>
    listening(createServer((socket) => void socket.once("data", () => socket.end(answer))));

  it("is sent a line, and answers with one", async () => {
    const heard: string[] = [];
    const server = createServer((socket) =>
      socket.on("data", (chunk) => {
        heard.push(String(chunk));
        socket.write("pong\nmore");
      }),
    );
    const { port } = await listening(server);
    const egress = new Egress({ loopback: [`tcp://127.0.0.1:${port}`] });
    expect(await egress.exchange(`127.0.0.1:${port}`, "ping")).toBe("pong");
    expect(heard.join("")).toBe("ping\n");
  });

  it("that says nothing is not waited for", async () => {
    const { port } = await listening(createServer((socket) => socket.resume()));
    const egress = new Egress({ loopback: [`tcp://127.0.0.1:${port}`], patienceMs: 200 });
    await expect(egress.exchange(`127.0.0.1:${port}`, "ping")).rejects.toThrow("TOO_SLOW");
  });

  it("is spoken to by TLS where its address says so, and must have a certificate of its name", async () => {
    const names = await startNames(["127.0.0.1"]);
    const { port } = await listening(
      createSafeServer({ cert: certificate, key }, (socket) => {
        socket.on("error", () => socket.destroy());
        socket.once("data", () => socket.end("pong\n"));
      }),
    );
    const loopback = [`tls://pinned.test:${port}`, `tls://other.test:${port}`, `tls://127.0.0.1:${port}`];
    const egress = new Egress({ resolve: names.resolve, loopback });
    expect(await egress.exchange(`tls://pinned.test:${port}`, "ping")).toBe("pong");
    await expect(egress.exchange(`tls://other.test:${port}`, "ping")).rejects.toThrow("UNREACHABLE");
    await expect(egress.exchange(`tls://127.0.0.1:${port}`, "ping")).rejects.toThrow("UNREACHABLE");
  });

  it.each([
    ["that hangs up", "half a line", "ANSWER_BROKEN"],
    ["that does not stop", "x".repeat(70_000), "ANSWER_TOO_LARGE"],
  ])("%s has not answered", async (_what, answer, code) => {
    const { port } = await node(answer);
    const egress = new Egress({ loopback: [`tcp://127.0.0.1:${port}`] });
    await expect(egress.exchange(`127.0.0.1:${port}`, "ping")).rejects.toThrow(code);
  });
});
