import { systemContext } from "@/lib/auth/context";
import { parseSms } from "@/lib/channels/sms/parse";
import { readSignedForm } from "@/lib/channels/sms/read-signed-form";
import { route } from "@/lib/http/route";
import { receiveDelivery } from "@/lib/inbox/receive-delivery";
import { env } from "@/lib/shared/env";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** No reply in the answer itself: replies go through the REST API, where each gets its own id. */
const NOTHING_TO_SAY = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** Twilio's inbound texts, at the first address and at the fallback alike. */
export const POST = route("webhooks/sms", async (request, { log }) => {
  const ctx = systemContext("sms-webhook", { log });
  const form = await readSignedForm(request);
  await receiveDelivery(ctx, parseSms(form, env().TWILIO_ACCOUNT_SID, ctx.now()));
  return new Response(NOTHING_TO_SAY, { headers: { "content-type": "text/xml; charset=utf-8" } });
});
