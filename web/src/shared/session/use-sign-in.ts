import { useMutation } from "@tanstack/react-query";
import { createSiweMessage } from "viem/siwe";
import { useConnection, useSignMessage } from "wagmi";
import { useLocale } from "../i18n/i18n.ts";
import { begin, invitation } from "./session.ts";

const LASTS_MS = 5 * 60_000;

/** Asks the connected wallet for its signature and begins a session with it (EIP-4361). */
export function useSignIn() {
  const { address } = useConnection();
  const { mutateAsync: sign } = useSignMessage();
  const locale = useLocale();
  return useMutation({
    mutationFn: async () => {
      if (!address) throw new Error("no wallet");
      const { nonce, chainId, statements } = await invitation();
      const issuedAt = new Date();
      const message = createSiweMessage({
        domain: location.host,
        uri: location.origin,
        version: "1",
        address,
        chainId,
        nonce,
        statement: locale === "ko" ? statements[1] : statements[0],
        issuedAt,
        expirationTime: new Date(issuedAt.getTime() + LASTS_MS),
      });
      await begin(message, await sign({ message }));
    },
  });
}
