import { parseWhatsApp } from "@/lib/channels/whatsapp/parse";
import { answerHandshake, verifyWhatsApp } from "@/lib/channels/whatsapp/verify";
import { noteReached } from "@/lib/garage/note-reached";
import { publicRoute } from "@/lib/http/public-route";
import { webhook } from "@/lib/http/webhook";
import { calledIn } from "@/lib/inbox/called-in";
import { receiveDelivery } from "@/lib/inbox/receive-delivery";
import { env } from "@/lib/shared/env";
import { AppError } from "@/lib/shared/errors";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Meta's handshake: the challenge as plain text, and nothing else. */
export const GET = publicRoute("webhooks/whatsapp", {
  act: ({ request }) => {
    const challenge = answerHandshake(new URL(request.url).searchParams, env().META_VERIFY_TOKEN);
    if (challenge === undefined) throw new AppError("forbidden", "This is not our verify token.");
    return new Response(challenge, {
      headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" },
    });
  },
});

/** Meta's deliveries: messages, echoes, statuses and notices, in batches. */
export const POST = webhook("webhooks/whatsapp", {
  verify: ({ request, raw, receivedAt }) =>
    verifyWhatsApp(request.headers, raw, env().META_APP_SECRET) ? parseWhatsApp(raw, receivedAt) : undefined,
  receive: async (ctx, delivery) => {
    noteReached(ctx, delivery.channel, calledIn(delivery));
    await receiveDelivery(ctx, delivery);
    return new Response(null, { status: 200 });
  },
});
