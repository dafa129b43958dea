import { z } from "zod";
import { signIn } from "@/lib/auth/sign-in";
import { clientAddress } from "@/lib/http/client-address";
import { publicRoute } from "@/lib/http/public-route";

export const dynamic = "force-dynamic";

/** The answer sets the session's cookie, and holds nothing else of the session. */
export const POST = publicRoute("auth/sign-in", {
  body: z.object({ email: z.email().max(200), password: z.string().min(1).max(128) }),
  act: async ({ body, request: { headers } }) =>
    Response.json({}, { headers: await signIn(body, { headers, address: clientAddress(headers) }) }),
});
