import { parseVoice } from "@/lib/channels/voice/parse";
import { receiveVoice } from "@/lib/channels/voice/receive";
import { verifyVoice } from "@/lib/channels/voice/verify";
import { webhook } from "@/lib/http/webhook";
import { env } from "@/lib/shared/env";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Vapi's server messages. The path is shared by assistant-request, tool calls and reports. */
export const POST = webhook("webhooks/voice", {
  verify: ({ request, raw, receivedAt }) => {
    const { VAPI_WEBHOOK_SECRET, VAPI_BEARER_TOKEN, VAPI_HMAC_SECRET } = env();
    const secrets = { shared: VAPI_WEBHOOK_SECRET, bearer: VAPI_BEARER_TOKEN, hmac: VAPI_HMAC_SECRET };
    return verifyVoice(request.headers, raw, secrets, receivedAt) ? parseVoice(raw) : undefined;
  },
  receive: receiveVoice,
});
