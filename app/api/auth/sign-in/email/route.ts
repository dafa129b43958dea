import { z } from "zod";
import { signIn } from "@/lib/auth/sign-in";
import { clientAddress } from "@/lib/http/client-address";
import { publicRoute } from "@/lib/http/public-route";
import { emailAddress } from "@/lib/http/typed";

export const dynamic = "force-dynamic";

/** The answer sets the session's cookie, and holds nothing else of it; or that of the second step, where a code is asked for. */
export const POST = publicRoute("auth/sign-in", {
  body: z.object({ email: emailAddress, password: z.string().min(1).max(128) }),
  act: async ({ body, request }) => {
    const { kind, headers } = await signIn(body, {
      headers: request.headers,
      address: clientAddress(request.headers),
    });
    return Response.json(kind === "second-step" ? { secondStep: true } : {}, { headers });
  },
});
