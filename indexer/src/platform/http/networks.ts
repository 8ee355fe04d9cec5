import { z } from "zod";
import { readNetwork, writeNetwork } from "../crypto/networks.ts";

const MOST_NETWORKS = 20;

/** Networks of a request, in their one form and without doubles; none of them is all of them. */
export const networksSchema = z
  .array(
    z
      .string()
      .max(50)
      .transform((text, context) => {
        const network = readNetwork(text.trim());
        if (network) return writeNetwork(network);
        context.addIssue("must be a network such as 203.0.113.0/24 or 2001:db8::/32, without bits beyond its prefix");
        return z.NEVER;
      }),
  )
  .max(MOST_NETWORKS)
  .transform((networks) => [...new Set(networks)]);
