import { z } from "zod";
import { startGarage } from "@/lib/auth/start-garage";
import { MAX_GARAGE_NAME } from "@/lib/garage/garage-name";
import { LIMITS } from "@/lib/http/limits";
import { publicRoute } from "@/lib/http/public-route";
import { typedName } from "@/lib/http/typed";

export const dynamic = "force-dynamic";

/** A trial garage for somebody who is signed in and belongs to none. */
export const POST = publicRoute("garages/start", {
  limit: LIMITS.signUp,
  body: z.object({ garageName: typedName(MAX_GARAGE_NAME) }),
  act: async ({ ctx, body, request }) => {
    await startGarage(ctx, body, request.headers);
    return new Response(null, { status: 201 });
  },
});
