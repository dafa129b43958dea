import type { IncomingMessage, ServerResponse } from "node:http";
import { isFilePath } from "./body-limit";

/** A sender who says nothing for so long has gone. */
const SILENCE_MS = 60_000;
/** How long a whole request may take to come: Node's own default, which a provider's or a page's JSON stays far below. */
const MOST_MS = 300_000;
/** A file may take so long on a slow line: 100 MB at 30 kB a second. */
export const MOST_OF_A_FILE_MS = 3_600_000;

/** Ends a request that stops coming, or comes too slowly for what it is; its answer may take as long as it needs. */
export function boundSender(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  { silenceMs, mostMs }: { readonly silenceMs: number; readonly mostMs: number } = {
    silenceMs: SILENCE_MS,
    mostMs: isFilePath(path) ? MOST_OF_A_FILE_MS : MOST_MS,
  },
): void {
  const { headers } = request;
  if (headers["content-length"] === undefined && headers["transfer-encoding"] === undefined) return;
  const end = () => void (request.complete || request.destroy());
  request.setTimeout(silenceMs, end);
  // Without a listener, Node would end the connection while an answer is still being made.
  response.on("timeout", () => undefined);
  const total = setTimeout(end, mostMs).unref();
  request.once("close", () => clearTimeout(total));
}
