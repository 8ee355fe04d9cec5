import { useEffect, useState } from "react";

/** What was typed before, so that registering or a deep link into a wallet does not lose it. */
export function useDraft(name: string): [string, (text: string) => void] {
  const key = `tburn.draft.${name}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? "");
  useEffect(() => {
    sessionStorage.setItem(key, text);
  }, [key, text]);
  return [text, setText];
}
