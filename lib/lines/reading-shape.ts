import { z } from "zod";
import type { LineReading } from "./core/reading";

const word = z.string().nullable();
const there = {
  exists: z.literal(true),
  number: word,
  name: word,
  pointing: z.object({ at: z.enum(["ours", "elsewhere", "nowhere", "unknown"]), host: word }),
};

const shape = z.union([
  z.object({ exists: z.literal(false) }),
  z.discriminatedUnion("channel", [
    z.object({ ...there, channel: z.literal("voice"), status: word, assistant: z.boolean() }),
    z.object({
      ...{ ...there, channel: z.literal("whatsapp"), status: word, nameStatus: word, quality: word },
      ...{ limit: word, verification: word, subscribed: z.boolean().nullable() },
    }),
    z.object({ ...there, channel: z.literal("sms"), capable: z.boolean() }),
  ]),
]) satisfies z.ZodType<LineReading>;

/** A stored reading; undefined where it is none that this version can read. */
export const storedReading = (stored: unknown): LineReading | undefined => shape.safeParse(stored).data;
