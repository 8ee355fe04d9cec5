import { useState } from "react";

/** What was typed before, so that registering or a deep link into a wallet does not lose it. */
export function useDraft(name: string): [string, (text: string) => void] {
  const key = `tburn.draft.${name}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? "");
  // Kept at once, not after rendering: a render that is thrown away must not take the words along.
  const write = (written: string) => {
    sessionStorage.setItem(key, written);
    setText(written);
  };
  return [text, write];
}
