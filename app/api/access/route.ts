import { getAccess } from "@/lib/auth/get-access";
import { publicRoute } from "@/lib/http/public-route";

export const dynamic = "force-dynamic";

/** For which garage the browser's session acts, as what, and which others its user belongs to. */
export const GET = publicRoute("access", {
  act: async ({ request }) =>
    Response.json(await getAccess(request.headers), { headers: { "cache-control": "no-store" } }),
});
