import { createRequire } from "node:module";
import type { TokenSettings } from "../../../src/platform/crypto/keys/pkcs11.ts";

/** The parts of `pkcs11js` that make keys. */
interface Maker {
  load(library: string): void;
  C_Initialize(): void;
  C_GetSlotList(present: boolean): Buffer[];
  C_GetTokenInfo(slot: Buffer): { label: string };
  C_OpenSession(slot: Buffer, flags: number): Buffer;
  C_Login(session: Buffer, user: number, pin: string): void;
  C_GenerateKey(session: Buffer, mechanism: object, template: object[]): Buffer;
}
type Numbers = Record<`CK${string}`, number>;

/** Where a token is, that a run may use: SoftHSM, say. Its keys stay in it. */
export interface GivenToken extends Pick<TokenSettings, "binding" | "library" | "token" | "pin"> {}

/** Makes keys in a real token, under labels that no other run has. */
export function openToken(given: GivenToken) {
  const p = createRequire(import.meta.url)(given.binding) as Numbers & { PKCS11: new () => Maker };
  const maker = new p.PKCS11();
  maker.load(given.library);
  maker.C_Initialize();
  const slot = maker.C_GetSlotList(true).find((one) => maker.C_GetTokenInfo(one).label.trim() === given.token);
  if (!slot) throw new Error(`no token is called ${given.token}`);
  const session = maker.C_OpenSession(slot, 4 | 2);
  maker.C_Login(session, 1, given.pin);
  const run = `${process.pid}-${Date.now()}`;
  const settings: TokenSettings = { ...given, wrapKey: `wrap-${run}`, indexKey: `index-${run}` };
  const counts = { wrap: 0, index: 0 };

  function add(which: "wrap" | "index"): void {
    const isWrap = which === "wrap";
    const uses = isWrap ? [p.CKA_ENCRYPT, p.CKA_DECRYPT] : [p.CKA_SIGN];
    const label = `${isWrap ? settings.wrapKey : settings.indexKey}-${++counts[which]}`;
    maker.C_GenerateKey(session, { mechanism: isWrap ? p.CKM_AES_KEY_GEN : p.CKM_GENERIC_SECRET_KEY_GEN }, [
      { type: p.CKA_CLASS, value: p.CKO_SECRET_KEY },
      ...(isWrap ? [] : [{ type: p.CKA_KEY_TYPE, value: p.CKK_GENERIC_SECRET }]),
      { type: p.CKA_TOKEN, value: true },
      { type: p.CKA_LABEL, value: label },
      { type: p.CKA_VALUE_LEN, value: 32 },
      { type: p.CKA_SENSITIVE, value: true },
      { type: p.CKA_EXTRACTABLE, value: false },
      ...uses.map((type) => ({ type, value: true })),
    ]);
  }

  add("wrap");
  add("index");
  return { settings, add };
}
