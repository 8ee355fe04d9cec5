import { granted, permit } from "../../platform/access/decide.ts";
import type { Context } from "../../platform/graphql/context.ts";
import type { News } from "../../platform/graphql/live/news.ts";
import { Problem } from "../../platform/http/problem.ts";
import { type MemberNode, memberBy } from "../identity/service.ts";
import { between } from "./repository.ts";
import { followAccount } from "./rules.ts";

/** Blocks looked at after a pause; a member is told anew after a longer one in any case. */
const MOST_BLOCKS = 200;

/** Refuses whoever may not follow the account, by now. @throws {Problem} as `permit` */
export function permitFollowing(context: Context, memberId: string): void {
  permit(context.actor, followAccount, context.people().kit.clock(), memberId.toLowerCase());
}

async function theMember(context: Context, memberId: string): Promise<MemberNode> {
  const member = await memberBy({ memberId }, context);
  if (!member) throw new Problem(404, "MEMBER_NOT_FOUND", "there is no such member");
  return member;
}

/** Whether blocks since `told` concern the member. */
async function isConcerned({ read }: Context, { memberNo }: MemberNode, told: number, to: number): Promise<boolean> {
  if (to - told > MOST_BLOCKS) return true;
  if (to <= told || memberNo === 0) return false;
  return (await between(read, { memberNo, validatorId: null }, { from: told + 1, to }, 1)).length > 0;
}

/** That one of the staff follows somebody is written down, once per stream. */
async function noteFollowing(context: Context, memberId: string): Promise<void> {
  const { actor, kit, requestId } = context.people();
  if (granted(actor, ["self"], memberId)) return;
  await kit.audit.append(kit.pool, actor, { action: followAccount.name, subjectId: memberId, requestId }, kit.clock());
}

/**
 * A member as it is now, and after each change of its affairs with us and each block that concerns it.
 * @throws {Problem} as `permit`; 404 MEMBER_NOT_FOUND, also once the member has been erased
 */
export async function* accountUpdated(context: Context, wanted: string) {
  const memberId = wanted.toLowerCase();
  permitFollowing(context, memberId);
  const news = context.news({ blocks: true, memberId });
  try {
    // Asked before the member is read: what changes in between is told as well.
    let next: Promise<IteratorResult<News>> = news.next();
    // And what changed before is in it, whatever it is read from.
    await context.catchUp();
    let member = await theMember(context, memberId);
    let told = (await context.asOfBlock())?.number ?? -1;
    await noteFollowing(context, memberId);
    yield { memberUpdated: member };
    for (;;) {
      const { value, done } = await next;
      if (done) return;
      next = news.next();
      await context.renew();
      const to = (await context.asOfBlock())?.number ?? -1;
      const since = Math.min(told, value.undoneTo ?? told);
      told = to;
      if (!value.ofMember && !(await isConcerned(context, member, since, to))) continue;
      member = await theMember(context, memberId);
      yield { memberUpdated: member };
    }
  } finally {
    void news.return(undefined);
    await context.end();
  }
}
