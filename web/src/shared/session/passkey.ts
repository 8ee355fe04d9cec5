import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import { authorised } from "./session.ts";

/** Has the browser make a passkey of this site. @returns recovery codes if it is the first factor, else none */
export async function enrolPasskey(name: string): Promise<string[]> {
  const path = "/api/v1/auth/mfa/webauthn";
  const { startRegistration } = await import("@simplewebauthn/browser");
  const optionsJSON = await authorised<PublicKeyCredentialCreationOptionsJSON>("POST", `${path}/options`);
  const response = await startRegistration({ optionsJSON });
  return (await authorised<{ recoveryCodes: string[] }>("POST", path, { name, response })).recoveryCodes;
}

/** Proves by a passkey that its person is there. */
export async function provePasskey(): Promise<void> {
  const path = "/api/v1/auth/step-up/webauthn";
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const optionsJSON = await authorised<PublicKeyCredentialRequestOptionsJSON>("POST", `${path}/options`);
  await authorised("POST", path, { response: await startAuthentication({ optionsJSON }) });
}
