const ADDRESS = "0x5fbdb2315678afecb367f032d93f642f64180aa3";
const HASH = "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45";
const ID = "8f14e45f-ceea-4a3b-9c1d-2e6b1a7d5c40";
const AT = "2026-01-15T09:30:00.000Z";
export const UNIX = 1_768_469_400;

/** What texts of a name may be, the first that fits its schema. Nobody of these lives. */
export const texts: Record<string, readonly string[]> = {
  email: ["gildong.hong@example.org"],
  phone: ["+821012345678"],
  ...{ legalName: ["홍길동"], legal_name: ["홍길동"], latinName: ["Hong Gildong"], latin_name: ["Hong Gildong"] },
  ...{ birthDate: ["1990-04-01"], birth_date: ["1990-04-01"], nationality: ["KOR"] },
  address: ["12 Example-ro, Jongno-gu, Seoul", ADDRESS],
  displayName: ["Gildong"],
  bio: ["I run a validator in Seoul."],
  ...{ website: ["https://example.org"], url: ["https://example.org"], sessionUrl: ["https://verify.example.org/s/1"] },
  label: ["Notes"],
  name: ["Accounting"],
  tags: ["seoul"],
  language: ["en"],
  currency: ["KRW"],
  timeZone: ["Asia/Seoul"],
  networks: ["203.0.113.0/24"],
  ...{ title: ["Raise the reserve"], description: ["The reserve covers one epoch; let it cover two."] },
  statement: ["My node was being moved to another machine at the time."],
  reason: ["as seen in the documents"],
  comment: ["The back of the card is missing."],
  note: ["Compared with the register."],
  ...{ code: ["7K2M9PQ4"], nonce: ["c1f0d9b2a3e4f5061728394a5b6c7d8e"] },
  ...{ cursor: ["WyIxMDI0Il0"], next: ["WyIxMDI0Il0"], after: ["WyIxMDI0Il0"] },
  ...{ day: ["2026-01-15"], mediaType: ["image/jpeg"], file: ["register.pdf"] },
  ...{ accountAddress: [ADDRESS], operator: [ADDRESS], account: [ADDRESS], target: [ADDRESS], to: [ADDRESS] },
  ...{ owner: [ADDRESS], payoutAddress: [ADDRESS], delegatedTo: [ADDRESS], proposer: [ADDRESS] },
  data: ["0x5c19a95c"],
  ...{ subjectAddress: [ADDRESS], proposedByAddress: [ADDRESS], decidedByAddress: [ADDRESS], wallet: [ADDRESS] },
  ...{ paidTo: [ADDRESS], accountId: [ID], memberId: [ID, HASH], positionId: ["12"], proposalId: ["12"], value: ["0"] },
  ...{
    transactionHash: [HASH],
    tx: [HASH],
    hash: [HASH, HASH.slice(2)],
    sha256: [HASH.slice(2)],
    textHash: [HASH.slice(2)],
  },
  ...{ key: ["tbk_"], kid: ["Zk3xYw0aQm9uTn1L"], kty: ["OKP"], accessToken: ["eyJhbGciOiJFZERTQSJ9.e30.c2ln"] },
  ...{
    secret: ["JBSWY3DPEHPK3PXP"],
    uri: ["otpauth://totp/TBURN?secret=JBSWY3DPEHPK3PXP"],
    recoveryCodes: ["7K2M-9PQ4"],
  },
  ...{ id: [ID, "c2FtcGxlLWlk"], rawId: ["c2FtcGxlLWlk"], challenge: ["Y2hhbGxlbmdl"], clientDataJSON: ["e30"] },
  ...{
    attestationObject: ["o2NmbXRkbm9uZQ"],
    authenticatorData: ["SZYN5YgOjGh0NBcP"],
    signature: [`0x${"5c19a95c".repeat(8)}`],
  },
  message: ["a message as your wallet shows it"],
  statements: ["Sign in to TBURN Members."],
  ...{
    state: ["pending"],
    outcome: ["approved"],
    because: ["factor"],
    kind: ["STAKE", "stake"],
    command: ["verify-email"],
  },
  ...{ list: ["ofac-sdn"], format: ["ofac-xml"], entryId: ["ofac-36"], caption: ["EXAMPLE TRADING CO"], why: ["name"] },
  ...{ text: ["The words that were shown."], document: ["The words that were signed."], provider: ["sandbox"] },
  ...{ reference: ["COURT/2026-17"], registrationNumber: ["110111-0000000"], tier: ["BASIC_USER"] },
  ...{ referralCode: ["4f7k2m9pq4s6t8v0w2x4y6z8a1"], iss: ["https://login.example.org"] },
  recipient: ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"],
};

/** And of every other name: one of each form that this API knows. */
export const forms: readonly string[] = [
  ...["text", ID, AT, "2026-01-15", "1000000000000000000", ADDRESS, HASH, HASH.slice(2), "0x5c19a95c"],
  ...["gildong.hong@example.org", "https://example.org", "+821012345678", "KOR", "en", "Hong Gildong"],
];
