import { sendMyInvitation } from "@/lib/auth/send-my-invitation";
import { LIMITS } from "@/lib/http/limits";
import { uuidParam } from "@/lib/http/params";
import { publicRoute } from "@/lib/http/public-route";

export const dynamic = "force-dynamic";

/** Mails an invitation again, to who is signed in and was invited. */
export const POST = publicRoute("invitations/send", {
  limit: LIMITS.link,
  act: async ({ ctx, params, request }) => {
    await sendMyInvitation(ctx, uuidParam(params, "id"), request.headers);
    return new Response(null, { status: 202 });
  },
});
