import { z } from "zod";
import type { Job } from "../../platform/domain.ts";
import { compareWithNews } from "./service/comparing.ts";
import { DELTA_QUEUE } from "./service/loading.ts";
import { SCREEN_QUEUE, screenMember } from "./service/screening.ts";

const member = z.object({ memberId: z.uuid(), why: z.enum(["submitted", "approved", "list", "decision"]) });
const version = z.object({ versionId: z.uuid() });

/** What is done later: each may be done twice. */
export const jobs: Record<string, Job> = {
  [SCREEN_QUEUE]: {
    work: async (data, kit) => {
      const { memberId, why } = member.parse(data);
      await screenMember(kit, memberId, why);
    },
  },
  [DELTA_QUEUE]: {
    work: async (data, kit) => {
      const again = await compareWithNews(kit, version.parse(data).versionId);
      if (again > 0) kit.log.info({ again }, "a list has changed; members are screened again");
    },
  },
};
