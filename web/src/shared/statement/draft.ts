import { useState } from "react";
import { type HashedFile, newSalt, type Statement } from "./document.ts";

function stored(key: string, about: string): Statement {
  const empty: Statement = { about, text: "", files: [], salt: newSalt() };
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null") as Partial<Statement> | null;
    return { ...empty, ...kept, about };
  } catch {
    return empty;
  }
}

/**
 * The statement that this account is writing about a matter. It survives a reload, and each account has its own: who
 * shows it gives the component the account as its key.
 */
export function useStatement(account: string, about: string) {
  const key = `tburn.statement.${account.toLowerCase()}.${about}`;
  const [statement, setStatement] = useState(() => stored(key, about));
  const write = (part: Partial<Pick<Statement, "text" | "files">>) => {
    const changed = { ...statement, ...part };
    localStorage.setItem(key, JSON.stringify(changed));
    setStatement(changed);
  };
  const addFiles = (files: HashedFile[]) => write({ files: [...statement.files, ...files] });
  return { statement, write, addFiles };
}
