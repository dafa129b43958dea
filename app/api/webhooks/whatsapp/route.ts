import { systemContext } from "@/lib/auth/context";
import { parseWhatsApp } from "@/lib/channels/whatsapp/parse";
import { answerHandshake, verifyWhatsApp } from "@/lib/channels/whatsapp/verify";
import { readBody } from "@/lib/http/read-body";
import { route } from "@/lib/http/route";
import { receiveDelivery } from "@/lib/inbox/receive-delivery";
import { env } from "@/lib/shared/env";
import { AppError } from "@/lib/shared/errors";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Meta's own limit. */
const MAX_BODY_BYTES = 3 * 1024 * 1024;

/** Meta's handshake: the challenge as plain text, and nothing else. */
export const GET = route("webhooks/whatsapp", (request) => {
  const challenge = answerHandshake(new URL(request.url).searchParams, env().META_VERIFY_TOKEN);
  if (challenge === undefined) throw new AppError("forbidden", "This is not our verify token.");
  return new Response(challenge, {
    headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" },
  });
});

/** Meta's deliveries: messages, echoes, statuses and notices, in batches. */
export const POST = route("webhooks/whatsapp", async (request, { log }) => {
  const ctx = systemContext("whatsapp-webhook", { log });
  const raw = await readBody(request, MAX_BODY_BYTES);
  if (!verifyWhatsApp(request.headers, raw, env().META_APP_SECRET)) {
    throw new AppError("unauthenticated", "The signature is missing or wrong.");
  }
  await receiveDelivery(ctx, parseWhatsApp(raw, ctx.now()));
  return new Response(null, { status: 200 });
});
