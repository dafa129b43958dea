import { checkReady } from "@/lib/http/check-ready";
import { publicRoute } from "@/lib/http/public-route";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Ready when the database answers. Calls are answered without it too, so this is for starting, not for stopping. */
export const GET = publicRoute("ready", {
  act: async () => {
    await checkReady();
    return { status: "ready" };
  },
});
