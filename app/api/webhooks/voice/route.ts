import { systemContext } from "@/lib/auth/context";
import { parseVoice } from "@/lib/channels/voice/parse";
import { receiveVoice } from "@/lib/channels/voice/receive";
import { verifyVoice } from "@/lib/channels/voice/verify";
import { readBody } from "@/lib/http/read-body";
import { route } from "@/lib/http/route";
import { env } from "@/lib/shared/env";
import { AppError } from "@/lib/shared/errors";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const MAX_BODY_BYTES = 3 * 1024 * 1024;

/** Vapi's server messages. The path is shared by assistant-request, tool calls and reports. */
export const POST = route("webhooks/voice", async (request, { log }) => {
  const ctx = systemContext("voice-webhook", { log });
  const raw = await readBody(request, MAX_BODY_BYTES);
  const { VAPI_WEBHOOK_SECRET, VAPI_BEARER_TOKEN, VAPI_HMAC_SECRET } = env();
  const secrets = { shared: VAPI_WEBHOOK_SECRET, bearer: VAPI_BEARER_TOKEN, hmac: VAPI_HMAC_SECRET };
  if (!verifyVoice(request.headers, raw, secrets, ctx.now())) {
    throw new AppError("unauthenticated", "The signature is missing or wrong.");
  }
  return Response.json(await receiveVoice(ctx, parseVoice(raw)));
});
