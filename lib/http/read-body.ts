import { AppError } from "@/lib/shared/errors";

/** Beyond the limit the rest is read and thrown away up to here, so that the sender can finish and read our answer. */
const DRAIN_FACTOR = 8;

/**
 * The raw body, read once. Bytes are counted as they come, whatever the headers say.
 * Throws payload_too_large above `limitBytes`, invalid_input where the sender broke off.
 */
export async function readBody(request: Request, limitBytes: number): Promise<Buffer> {
  if (!request.body) return Buffer.alloc(0);
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let seen = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new AppError("invalid_input", "The request body could not be read.", { cause });
    });
    if (done) break;
    seen += value.byteLength;
    if (seen <= limitBytes) chunks.push(value);
    else chunks.length = 0;
    if (seen > limitBytes * DRAIN_FACTOR) {
      await reader.cancel().catch(() => undefined);
      break;
    }
  }
  if (seen > limitBytes) throw new AppError("payload_too_large", "The request body is too large.");
  return Buffer.concat(chunks);
}
