import { useSyncExternalStore } from "react";
import { useConnection } from "wagmi";
import { useChain } from "../chain/context.ts";
import { advance, type Entry, type Happening } from "./machine.ts";

type Book = readonly Entry[];
export type Listener = (entry: Entry, before: Entry | undefined) => void;

const PREFIX = "tburn.actions";
const KEPT = 200;
const nothing: Book = [];

/** The actions of one account on one chain, kept in the browser so that they survive a reload. */
export class ActionBook {
  private readonly key: string;
  private entries: Book;
  private readonly changed = new Set<() => void>();
  private readonly listeners = new Set<Listener>();

  constructor(chainId: number, account: string) {
    this.key = `${PREFIX}.${chainId}.${account.toLowerCase()}`;
    this.entries = this.stored();
    // Actions that waited for a wallet when the page was closed cannot go on.
    this.entries = this.entries.map((entry) =>
      entry.state === "preflight" || entry.state === "sign" ? advance(entry, { type: "declined" }, Date.now()) : entry,
    );
    window.addEventListener("storage", (event) => {
      if (event.key !== this.key) return;
      this.entries = this.stored();
      this.tell();
    });
  }

  all = (): Book => this.entries;
  get = (id: string) => this.entries.find((entry) => entry.id === id);

  add(entry: Entry): void {
    this.save([entry, ...this.entries].slice(0, KEPT));
    for (const listener of this.listeners) listener(entry, undefined);
  }

  note(id: string, happening: Happening): Entry | undefined {
    const before = this.get(id);
    if (!before) return undefined;
    const after = advance(before, happening, Date.now());
    if (after === before) return before;
    this.save(this.entries.map((entry) => (entry.id === id ? after : entry)));
    if (after.state !== before.state) for (const listener of this.listeners) listener(after, before);
    return after;
  }

  /** Follows the transaction that took the place of `entry` and says the same. */
  goOn({ action, values, sentAt, nonce, content }: Entry, hash: string): void {
    const path = [{ state: "broadcast" as const, at: Date.now() }];
    this.add({ id: hash, action, values, state: "broadcast", path, hash, sentAt, nonce, content });
  }

  dismiss(id: string): void {
    this.save(this.entries.map((entry) => (entry.id === id ? { ...entry, isDismissed: true } : entry)));
  }

  subscribe = (changed: () => void) => {
    this.changed.add(changed);
    return () => void this.changed.delete(changed);
  };

  /** Tells `listener` each change of state. */
  listen(listener: Listener) {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private stored(): Book {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(this.key) ?? "[]");
      return Array.isArray(kept) ? (kept as Book) : nothing;
    } catch {
      return nothing;
    }
  }

  private save(entries: Book): void {
    this.entries = entries;
    localStorage.setItem(this.key, JSON.stringify(entries));
    this.tell();
  }

  private tell(): void {
    for (const changed of this.changed) changed();
  }
}

const books = new Map<string, ActionBook>();

function bookOf(chainId: number, account: string): ActionBook {
  const key = `${chainId}.${account.toLowerCase()}`;
  const known = books.get(key) ?? new ActionBook(chainId, account);
  books.set(key, known);
  return known;
}

const never = () => () => undefined;
const none = () => nothing;

/** Entries of a book, newest first. */
export const useEntries = (book: ActionBook | undefined): Book =>
  useSyncExternalStore(book?.subscribe ?? never, book?.all ?? none);

/** The book of the connected account. */
export function useBook(): ActionBook | undefined {
  const { address } = useConnection();
  const { config } = useChain();
  return address ? bookOf(config.chainId, address) : undefined;
}
