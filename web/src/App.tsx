import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy } from "react";
import { type Config, WagmiProvider } from "wagmi";
import { router } from "./routes.tsx";
import { type Remedies, RemediesContext } from "./shared/action/gate/remedies.ts";
import { type Chain, ChainContext } from "./shared/chain/context.ts";
import { HeadProvider } from "./shared/chain/HeadProvider.tsx";

const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 2_000, refetchOnWindowFocus: true } },
});

/** Ways out of a gate that belong to the membership feature. */
const remedies: Remedies = {
  Join: lazy(async () => ({ default: (await import("./features/membership/Join.tsx")).Join })),
  Kyc: lazy(async () => ({ default: (await import("./features/membership/Kyc.tsx")).Kyc })),
  Funds: lazy(async () => ({ default: (await import("./features/membership/Funds.tsx")).Funds })),
};

export function App({ chain, wagmi }: { chain: Chain; wagmi: Config }) {
  return (
    <WagmiProvider config={wagmi}>
      <QueryClientProvider client={queries}>
        <ChainContext value={chain}>
          <HeadProvider>
            <RemediesContext value={remedies}>
              <RouterProvider router={router} />
            </RemediesContext>
          </HeadProvider>
        </ChainContext>
      </QueryClientProvider>
    </WagmiProvider>
  );
}
