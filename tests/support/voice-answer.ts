import { MESSAGE_TAKER_SENTENCE } from "@/lib/calls/message-taker";
import type { SharedGarage } from "../factories/shared-garage";
import { assistantRequest } from "../factories/vapi";
import { request, sharedApp } from "./app";

/** What a call that comes in now is answered with. Throws where it is no answer of this garage's. */
export async function answerOf(garage: SharedGarage): Promise<"full" | "message-taker"> {
  const response = await request("/api/webhooks/voice", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-vapi-secret": String(sharedApp().env.VAPI_WEBHOOK_SECRET),
    },
    body: JSON.stringify(assistantRequest({ called: garage.phone, phoneNumberId: garage.vapiNumberId })),
  });
  const { assistant } = await response.json();
  const { orgId, isFallback } = assistant.metadata;
  if (orgId !== garage.orgId || isFallback) throw new Error(`answered for ${orgId}, fallback: ${isFallback}`);
  return assistant.firstMessage === MESSAGE_TAKER_SENTENCE ? "message-taker" : "full";
}
