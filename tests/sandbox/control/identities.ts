import { z } from "zod";
import type { Sandbox } from "../core/context";
import type { Line } from "../core/lines";
import { type Media, samplePicture } from "../core/media";
import { ControlError } from "./respond";

export const E164 = z.string().regex(/^\+[1-9]\d{6,14}$/, "a number such as +447700900101");

/** `"sample"`, or a file in base64. */
export const pictureInput = z.union([
  z.literal("sample"),
  z.strictObject({ base64: z.base64().max(6_000_000), mime: z.string().regex(/^[\w.+-]+\/[\w.+-]+$/) }),
]);

/**
 * A garage by slug, phone number, WhatsApp number id, or voice number id; a number that no garage has makes a new one.
 */
export function lineOf({ lines }: Sandbox, identity: string): Line {
  const line = lines.ensure(identity);
  if (!line)
    throw new ControlError(404, `No garage is known as ${identity}; POST /control/lines makes one known.`);
  return line;
}

export const pictureOf = ({ media }: Sandbox, picture: z.output<typeof pictureInput>): Media =>
  picture === "sample"
    ? media.add(samplePicture(), "image/png")
    : media.add(Buffer.from(picture.base64, "base64"), picture.mime);
