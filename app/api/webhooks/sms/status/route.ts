import { parseSmsStatus } from "@/lib/channels/sms/parse";
import { readSignedForm } from "@/lib/channels/sms/read-signed-form";
import { webhook } from "@/lib/http/webhook";
import { receiveDelivery } from "@/lib/inbox/receive-delivery";
import { env } from "@/lib/shared/env";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Twilio's status callbacks of our own texts; `?message=` is our message's id. */
export const POST = webhook("webhooks/sms/status", {
  verify: ({ request, raw, receivedAt }) => {
    const form = readSignedForm(request, raw);
    const messageId = new URL(request.url).searchParams.get("message");
    return form && parseSmsStatus(form, env().TWILIO_ACCOUNT_SID, messageId, receivedAt);
  },
  receive: async (ctx, delivery) => {
    await receiveDelivery(ctx, delivery);
  },
});
