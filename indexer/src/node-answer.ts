// npm run node-answer -- --key-file FILE --chain-id N [options]
import { readFileSync, statSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createSafeServer } from "node:tls";
import { parseArgs } from "node:util";
import { p256 } from "@noble/curves/p256";
import { bytesToHex, type Hex, hexToBytes } from "viem";
import { privateKeyToAccount, sign } from "viem/accounts";
import {
  CHALLENGE_MS,
  digestOf,
  keyHashOf,
  readChallenge,
  writeAnswer,
} from "./platform/crypto/wallet/node-challenge.ts";

const help = `npm run node-answer -- --key-file <file> --chain-id <number> [options]

Shows that this machine holds a validator's consensus key: answers challenges of the registration, one line of JSON with
another, and signs nothing else. Start it, have your node asked at /onboarding, stop it again.

  --key-file <file>     the key, 0x and 64 hex digits; readable by its owner alone
  --key-type <type>     secp256k1 (default) or p256
  --chain-id <number>   challenges for another chain are refused
  --host <address>      where it listens (default 0.0.0.0)
  --port <number>       (default 26660); the endpoint to name is host:port as the internet sees it, 443 or from 1024 on
  --tls-cert <file>     with --tls-key: speaks TLS, for an endpoint tls://host:port; the certificate must be a public one
  --tls-key <file>
  --once                ends after the first answer

Prints a line of JSON for each challenge. Exit codes: 0 done, 1 refused or failed.`;

/** Clocks may differ by so much. */
const SLACK_MS = 120_000;
const MOST_BYTES = 8_192;
const PATIENCE_MS = 10_000;

interface Key {
  consensusKey: Hex;
  sign(digest: Hex): Promise<Hex>;
}

function keyOf(secret: Hex, type: string): Key {
  if (type === "secp256k1") {
    const consensusKey = privateKeyToAccount(secret).address.toLowerCase() as Hex;
    return { consensusKey, sign: (hash) => sign({ hash, privateKey: secret, to: "hex" }) };
  }
  const point = p256.getPublicKey(secret.slice(2), false).slice(1);
  const signed = (digest: Hex) => p256.sign(hexToBytes(digest), secret.slice(2), { lowS: true }).toCompactRawBytes();
  return { consensusKey: bytesToHex(point), sign: async (digest) => bytesToHex(signed(digest)) };
}

function refuse(why: string): never {
  console.error(`${why}\n\n${help}`);
  process.exit(1);
}

function secretOf(file: string): Hex {
  if (process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0) {
    refuse(`${file} can be read by others: chmod 600 it`);
  }
  const text = readFileSync(file, "utf8").trim();
  return /^0x[0-9a-fA-F]{64}$/.test(text) ? (text as Hex) : refuse(`${file} holds no key: 0x and 64 hex digits`);
}

/** What a challenge is answered with; or why it is not. */
async function answerTo(line: string, key: Key, chainId: number): Promise<{ answer: string } | { refused: string }> {
  const asked = readChallenge(line);
  if (!asked) return { refused: "NOT_A_CHALLENGE" };
  if (asked.chainId !== chainId) return { refused: "OTHER_CHAIN" };
  if (asked.keyHash !== keyHashOf(key.consensusKey)) return { refused: "OTHER_KEY" };
  const left = asked.expiresAt * 1_000 - Date.now();
  if (left < -SLACK_MS || left > CHALLENGE_MS + SLACK_MS) return { refused: "OTHER_TIME" };
  const { registrationId, endpoint } = asked;
  console.log(JSON.stringify({ signs: "challenge", registrationId, endpoint }));
  return { answer: writeAnswer(await key.sign(digestOf(asked))) };
}

function serve(socket: Socket, key: Key, chainId: number, answered: () => void): void {
  let heard = Buffer.alloc(0);
  let isBusy = false;
  socket.setTimeout(PATIENCE_MS, () => socket.destroy());
  socket.on("error", () => socket.destroy());
  socket.on("data", async (chunk: Buffer) => {
    heard = Buffer.concat([heard, chunk]);
    const end = heard.indexOf(10);
    if (heard.length > MOST_BYTES) return socket.destroy();
    if (end < 0 || isBusy) return;
    isBusy = true;
    const outcome = await answerTo(heard.subarray(0, end).toString("utf8"), key, chainId);
    if ("answer" in outcome) return void socket.end(`${outcome.answer}\n`, answered);
    console.log(JSON.stringify(outcome));
    socket.end(`${JSON.stringify(outcome)}\n`);
  });
}

const options = {
  "key-file": { type: "string" },
  "key-type": { type: "string", default: "secp256k1" },
  "chain-id": { type: "string" },
  host: { type: "string", default: "0.0.0.0" },
  port: { type: "string", default: "26660" },
  "tls-cert": { type: "string" },
  "tls-key": { type: "string" },
  once: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

function given() {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return refuse((error as Error).message);
  }
}

function main(): void {
  const o = given();
  if (o.help) {
    console.log(help);
    return;
  }
  const [chainId, port] = [Number(o["chain-id"]), Number(o.port)];
  if (!o["key-file"]) refuse("--key-file is missing");
  if (!Number.isInteger(chainId) || chainId < 1) refuse("--chain-id must be a whole number");
  if (!["secp256k1", "p256"].includes(o["key-type"])) refuse("--key-type must be secp256k1 or p256");
  const key = keyOf(secretOf(o["key-file"]), o["key-type"]);
  const [cert, tlsKey] = [o["tls-cert"], o["tls-key"]];
  if ((cert === undefined) !== (tlsKey === undefined)) refuse("--tls-cert and --tls-key belong together");
  const talk = (socket: Socket) => serve(socket, key, chainId, () => o.once && process.exit(0));
  const server: Server =
    cert && tlsKey
      ? createSafeServer({ cert: readFileSync(cert), key: readFileSync(tlsKey) }, talk)
      : createServer(talk);
  server.maxConnections = 16;
  server.on("error", (error) => refuse(error.message));
  server.listen(port, o.host, () => {
    const at = (server.address() as AddressInfo).port;
    console.log(JSON.stringify({ listens: `${o.host}:${at}`, consensusKey: key.consensusKey }));
  });
}

main();
