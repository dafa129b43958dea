import type { Ctx } from "@/lib/auth/context";
import { parseVoice } from "@/lib/channels/voice/parse";
import { receiveVoice } from "@/lib/channels/voice/receive";
import type { Json } from "./vapi";

/** A verified delivery, from its bytes to the JSON of our answer. */
export async function deliver(ctx: Ctx, body: Json) {
  return JSON.parse(JSON.stringify(await receiveVoice(ctx, parseVoice(Buffer.from(JSON.stringify(body))))));
}
