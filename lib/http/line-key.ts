import { z } from "zod";

/** Which line a request is about. */
export const lineKey = z.object({
  channel: z.enum(["voice", "whatsapp", "sms"]),
  identity: z.string().min(1).max(200),
});
