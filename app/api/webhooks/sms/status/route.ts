import { systemContext } from "@/lib/auth/context";
import { parseSmsStatus } from "@/lib/channels/sms/parse";
import { readSignedForm } from "@/lib/channels/sms/read-signed-form";
import { route } from "@/lib/http/route";
import { receiveDelivery } from "@/lib/inbox/receive-delivery";
import { env } from "@/lib/shared/env";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Twilio's status callbacks of our own texts; `?message=` is our message's id. */
export const POST = route("webhooks/sms/status", async (request, { log }) => {
  const ctx = systemContext("sms-status-webhook", { log });
  const form = await readSignedForm(request);
  const messageId = new URL(request.url).searchParams.get("message");
  await receiveDelivery(ctx, parseSmsStatus(form, env().TWILIO_ACCOUNT_SID, messageId, ctx.now()));
  return new Response(null, { status: 204 });
});
