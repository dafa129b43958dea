import { z } from "zod";
import { REASONS, VIEWS } from "./core/conversation-page";
import { CONVERSATION_CHANNELS } from "./core/message";

/** Which conversations, as an address asks for them. */
export const listQuery = z.object({
  filter: z.enum(VIEWS).default("open"),
  channel: z.enum(CONVERSATION_CHANNELS).optional(),
  reason: z.enum(REASONS).optional(),
  search: z.string().optional(),
  cursor: z.string().optional(),
});
