import { useSyncExternalStore } from "react";

/** A session as the page knows it. The token stays in memory; the browser keeps what renews it out of reach of scripts. */
export interface Session {
  memberId: string;
  address: string;
  accessToken: string;
}

/** Unknown until the browser has asked once whether an earlier session goes on. */
type State = Session | "unknown" | undefined;

/** The server's refusal, by its stable code. */
export class Refused extends Error {
  readonly code: string;
  readonly status: number;
  /** Seconds to wait, where it says so. */
  readonly wait: number | undefined;
  /** What is wrong with which field, where it says so. */
  readonly fields: { field: string; message: string }[];

  constructor(
    status: number,
    code: string,
    title: string,
    wait: number | undefined,
    fields: { field: string; message: string }[] = [],
  ) {
    super(title);
    this.status = status;
    this.code = code;
    this.wait = wait;
    this.fields = fields;
  }
}

const TIMEOUT_MS = 10_000;
/** A part of a file takes longer than a question. */
const UPLOAD_TIMEOUT_MS = 60_000;

let state: State = "unknown";
const listeners = new Set<() => void>();

function become(next: State): void {
  state = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useSession = (): State => useSyncExternalStore(subscribe, () => state);

interface Sent {
  /** A file, or what is sent as JSON. */
  body?: object | undefined;
  token?: string;
  /** More headers, such as Idempotency-Key or If-Match. */
  more?: Record<string, string> | undefined;
}

/** @throws {Refused} with the server's code, or OFFLINE */
async function fetched(method: string, path: string, { body, token, more }: Sent = {}): Promise<Response> {
  const headers: Record<string, string> = { ...more };
  const isFile = body instanceof Blob;
  if (body) headers["content-type"] = isFile ? "application/octet-stream" : "application/json";
  if (token) headers.authorization = `Bearer ${token}`;
  const response = await fetch(path, {
    method,
    headers,
    body: isFile ? body : body ? JSON.stringify(body) : null,
    signal: AbortSignal.timeout(isFile ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS),
  }).catch(() => {
    throw new Refused(0, "OFFLINE", "offline", undefined);
  });
  if (response.ok) return response;
  const answer = (await response.json().catch(() => ({}))) as {
    code?: string;
    title?: string;
    errors?: { field: string; message: string }[];
  };
  const wait = Number(response.headers.get("retry-after")) || undefined;
  throw new Refused(
    response.status,
    answer.code ?? "SERVER",
    answer.title ?? `HTTP ${response.status}`,
    wait,
    answer.errors,
  );
}

async function send<T>(method: string, path: string, sent?: Sent): Promise<T> {
  const response = await fetched(method, path, sent);
  return (response.status === 204 ? undefined : await response.json().catch(() => ({}))) as T;
}

let renewal: Promise<Session | undefined> | undefined;

/** Goes on with the browser's session, if it has one. Several askers share one question: an old token must not come twice. */
export function renew(): Promise<Session | undefined> {
  renewal ??= send<Session>("POST", "/api/v1/auth/token/refresh")
    .catch((error: Refused) => {
      if (error.status === 401) return undefined;
      throw error;
    })
    .then((session) => {
      become(session);
      return session;
    })
    .catch((error: Refused) => {
      become(undefined);
      throw error;
    })
    .finally(() => {
      renewal = undefined;
    });
  return renewal;
}

/** What a wallet is asked to sign. */
export interface Invitation {
  nonce: string;
  chainId: number;
  /** The same text in English and in Korean. */
  statements: [english: string, korean: string];
}

export const invitation = () => send<Invitation>("POST", "/api/v1/auth/siwe/nonce");

/** Begins a session with a signed message. @throws {Refused} */
export async function begin(message: string, signature: string): Promise<void> {
  become(await send<Session>("POST", "/api/v1/auth/siwe/verify", { body: { message, signature } }));
}

/** Asks with a token; one that has run out is renewed once. */
async function withToken<T>(ask: (token: string) => Promise<T>): Promise<T> {
  const ended = new Refused(401, "SESSION_ENDED", "the session has ended", undefined);
  if (state === undefined || state === "unknown") throw ended;
  try {
    return await ask(state.accessToken);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== "SIGN_IN_REQUIRED") {
      if (error instanceof Refused && error.code === "SESSION_ENDED") become(undefined);
      throw error;
    }
    const session = await renew();
    if (!session) throw ended;
    return ask(session.accessToken);
  }
}

/**
 * Asks as the signed-in member.
 * @param more Headers, such as an Idempotency-Key that makes asking again do it only once.
 * @throws {Refused} SESSION_ENDED, or the server's code
 */
export const authorised = <T>(method: string, path: string, body?: object, more?: Record<string, string>): Promise<T> =>
  withToken((token) => send<T>(method, path, { body, token, more }));

/** What a query told, and what it kept from whoever asked. */
export interface Told<T> {
  data?: T | null;
  errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[];
}

/** Asks a query as whoever is signed in, or as a visitor. @throws {Refused} OFFLINE, SESSION_ENDED, or the server's code */
export function asked<T>(query: string, variables: object = {}): Promise<Told<T>> {
  const sent = { body: { query, variables }, more: { accept: "application/json" } };
  if (state === undefined || state === "unknown") return send("POST", "/graphql", sent);
  return withToken(async (token) => {
    const told = await send<Told<T>>("POST", "/graphql", { ...sent, token });
    const code = told.errors?.[0]?.extensions?.code;
    // The door speaks before the query does; a token that has run out is renewed.
    if (!told.data && code === "SIGN_IN_REQUIRED") throw new Refused(401, code, "sign in first", undefined);
    return told;
  });
}

/** A file that only the signed-in person may have. @throws {Refused} */
export const authorisedFile = (path: string, method = "GET"): Promise<Blob> =>
  withToken(async (token) => (await fetched(method, path, { token })).blob());

/** Ends this session, here in any case. */
export async function signOut(): Promise<void> {
  await authorised("POST", "/api/v1/auth/logout").finally(() => become(undefined));
}
