import type { Client, Hex } from "viem";
import { sendCalls, sendTransaction } from "viem/actions";
import type { Action, Call, Plan, Scene } from "../define.ts";
import type { Entry } from "../machine.ts";
import { isDeclined, toRefusal } from "../revert.ts";
import { allowanceOf, approval, canSignPermit, encode, isAtomic, randomId, signPermit, targetOf } from "../spend.ts";
import type { ActionBook } from "../store.ts";
import { gasOf } from "./gas.ts";

export interface Stage extends Scene {
  wallet: Client;
  /** The chain past the wallet: estimates do not depend on which node a wallet asks. */
  raw: Client;
  chainId: number;
  book: ActionBook;
}

type Outcome = { hash: Hex; content: { to: string; data: string } } | { callsId: string };

const ALLOWANCE_MISSING = "ERC20InsufficientAllowance";
const APPROVAL_TIMEOUT_MS = 180_000;

/** Tries a call without sending it. @throws what it would be refused with */
async function simulate(scene: Scene, call: Call): Promise<void> {
  await scene.client.call({ account: scene.account, ...encode(scene, call) });
}

async function preflight(stage: Stage, { call, spend }: Plan): Promise<void> {
  try {
    await simulate(stage, call);
  } catch (error) {
    // The allowance comes with the signature; everything before the transfer has been checked.
    if (!(spend && (await toRefusal(error)).name === ALLOWANCE_MISSING)) throw error;
  }
}

async function send(stage: Stage, call: Call): Promise<Outcome> {
  const { wallet } = stage;
  const account = wallet.account ?? stage.account;
  const { to, data } = encode(stage, call);
  const { limit: gas } = await gasOf(stage.raw, stage.account, { to, data });
  const hash = await sendTransaction(wallet, { account, chain: wallet.chain, to, data, gas } as never);
  return { hash, content: { to: to.toLowerCase(), data } };
}

async function sendTogether(stage: Stage, calls: Call[]): Promise<Outcome> {
  const { id } = await sendCalls(stage.wallet, {
    account: stage.account,
    chain: stage.wallet.chain,
    calls: calls.map((call) => encode(stage, call)),
    forceAtomic: true,
  });
  return { callsId: id };
}

/** Sends an approval as an entry of its own and waits until it is in a block. */
async function approveFirst(stage: Stage, call: Call): Promise<void> {
  const id = start(stage, "approve", {});
  try {
    stage.book.note(id, { type: "checked" });
    const outcome = await send(stage, call);
    await sent(stage, id, outcome);
    if ("hash" in outcome)
      await stage.client.waitForTransactionReceipt({ hash: outcome.hash, timeout: APPROVAL_TIMEOUT_MS });
  } catch (error) {
    await notSent(stage, id, error);
    throw error;
  }
}

async function withPermit(stage: Stage, { call, spend }: Plan): Promise<Call | undefined> {
  if (!spend?.withPermit || !(await canSignPermit(stage))) return undefined;
  try {
    const permit = await signPermit(stage, stage.wallet, targetOf(stage, call).address, spend.tokens);
    return spend.withPermit(permit);
  } catch (error) {
    // A wallet that cannot sign typed data can still approve; an owner who says no has said no.
    if (isDeclined(error)) throw error;
    return undefined;
  }
}

/** Signs and sends a plan: one bundle if the wallet can, else a permit, else an exact approval first. */
async function signAndSend(stage: Stage, plan: Plan): Promise<Outcome> {
  const { call, spend } = plan;
  if (!spend || (await allowanceOf(stage, targetOf(stage, call).address)) >= spend.tokens) return send(stage, call);
  if (await isAtomic(stage.wallet, stage.account, stage.chainId))
    return sendTogether(stage, [approval(stage, call, spend.tokens), call]);
  const permitted = await withPermit(stage, plan);
  if (!permitted) await approveFirst(stage, approval(stage, call, spend.tokens));
  const last = permitted ?? call;
  await simulate(stage, last);
  return send(stage, last);
}

async function notSent({ book }: Stage, id: string, error: unknown): Promise<void> {
  book.note(id, isDeclined(error) ? { type: "declined" } : { type: "refused", refusal: await toRefusal(error) });
}

function start({ book }: Stage, action: string, values: Record<string, string>): string {
  const id = randomId();
  const entry: Entry = { id, action, values, state: "preflight", path: [{ state: "preflight", at: Date.now() }] };
  book.add(entry);
  return id;
}

async function sent({ book, client }: Stage, id: string, outcome: Outcome): Promise<void> {
  const sentAt = Number(await client.getBlockNumber().catch(() => 0n));
  if ("callsId" in outcome) return void book.note(id, { type: "handed-over", callsId: outcome.callsId, sentAt });
  const nonce = await client.getTransaction({ hash: outcome.hash }).then(
    (tx) => tx.nonce,
    () => undefined,
  );
  book.note(id, { type: "sent", sentAt, nonce, ...outcome });
}

/** Carries an action out up to the broadcast; the tracker follows it from there. @returns the entry, however it ended */
export async function perform<Input>(action: Action<Input>, input: Input, stage: Stage): Promise<Entry | undefined> {
  const id = start(stage, action.id, action.title(input));
  try {
    const plan = await action.steps(input, stage);
    await preflight(stage, plan);
    stage.book.note(id, { type: "checked" });
    await sent(stage, id, await signAndSend(stage, plan));
  } catch (error) {
    await notSent(stage, id, error);
  }
  return stage.book.get(id);
}
