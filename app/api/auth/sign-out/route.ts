import { signOut } from "@/lib/auth/sign-out";
import { publicRoute } from "@/lib/http/public-route";

export const dynamic = "force-dynamic";

/** Ends the browser's session, if it has one. */
export const POST = publicRoute("auth/sign-out", {
  act: async ({ request }) => Response.json({}, { headers: await signOut(request.headers) }),
});
