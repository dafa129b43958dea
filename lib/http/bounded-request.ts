import { IncomingMessage } from "node:http";

/** Of a body that is too large, so much is taken, so that its sender can finish and read our answer. */
export const MOST_DRAINED_BYTES = 24 * 1024 * 1024;

/** A body without a length is held in memory, so it may never have more than what we hold of any provider's. */
const MOST_HELD_BYTES = 3 * 1024 * 1024;

/**
 * The request with a body of at most `limitBytes`; undefined where there is more. A declared length is believed, because the
 * parser lets no more bytes through; a body without one is read here, and Next is given a request that holds it.
 */
export async function boundedRequest(
  request: IncomingMessage,
  limitBytes: number,
): Promise<IncomingMessage | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > limitBytes) return undefined;
  if (request.headers["transfer-encoding"] === undefined) return request;
  const body = await readWithin(request, Math.min(limitBytes, MOST_HELD_BYTES));
  return body && withBody(request, body);
}

/** Takes what is still being sent, and ends the connection where that is far too much. */
export function drain(request: IncomingMessage): void {
  let seenBytes = 0;
  request.on("data", (chunk: Buffer) => {
    seenBytes += chunk.length;
    if (seenBytes > MOST_DRAINED_BYTES) request.destroy();
  });
}

/**
 * Of a body without a length so many times the limit is read, so that its sender can finish before our answer comes.
 */
const READ_FACTOR = 8;

/** Undefined where there is more. Rejects where the sender broke off. */
function readWithin(request: IncomingMessage, limitBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let seenBytes = 0;
    const take = (chunk: Buffer): void => {
      seenBytes += chunk.length;
      if (seenBytes <= limitBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (seenBytes <= limitBytes * READ_FACTOR) return;
      request.pause().off("data", take);
      resolve(undefined);
    };
    request.on("data", take);
    request.once("end", () => resolve(seenBytes <= limitBytes ? Buffer.concat(chunks) : undefined));
    request.once("error", reject);
  });
}

function withBody(request: IncomingMessage, body: Buffer): IncomingMessage {
  const { "transfer-encoding": _, ...headers } = request.headers;
  const copy = new IncomingMessage(request.socket);
  const { method, url, httpVersion, httpVersionMajor, httpVersionMinor } = request;
  Object.assign(copy, { method, url, httpVersion, httpVersionMajor, httpVersionMinor, complete: true });
  copy.headers = { ...headers, "content-length": String(body.length) };
  if (body.length > 0) copy.push(body);
  copy.push(null);
  return copy;
}
