import { checkReady } from "@/lib/http/check-ready";
import { route } from "@/lib/http/route";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Ready when the database answers. Calls are answered without it too, so this is for starting, not for stopping. */
export const GET = route("ready", async () => {
  await checkReady();
  return Response.json({ status: "ready" });
});
