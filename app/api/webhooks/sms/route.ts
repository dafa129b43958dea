import { parseSms } from "@/lib/channels/sms/parse";
import { readSignedForm } from "@/lib/channels/sms/read-signed-form";
import { noteReached } from "@/lib/garage/note-reached";
import { webhook } from "@/lib/http/webhook";
import { calledIn } from "@/lib/inbox/called-in";
import { receiveDelivery } from "@/lib/inbox/receive-delivery";
import { env } from "@/lib/shared/env";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** No reply in the answer itself: replies go through the REST API, where each gets its own id. */
const NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** Twilio's inbound texts, at the first address and at the fallback alike. */
export const POST = webhook("webhooks/sms", {
  verify: ({ request, raw, receivedAt }) => {
    const form = readSignedForm(request, raw);
    return form && parseSms(form, env().TWILIO_ACCOUNT_SID, receivedAt);
  },
  receive: async (ctx, message) => {
    noteReached(ctx, message.channel, calledIn(message));
    await receiveDelivery(ctx, message);
    return new Response(NOTHING_TO_SAY, { headers: { "content-type": "text/xml; charset=utf-8" } });
  },
});
