import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Reply } from "./http";

/** Writes a reply. A silent one stays open until the other side or the sandbox gives up. */
export async function writeReply(response: ServerResponse, reply: Reply): Promise<void> {
  switch (reply.kind) {
    case "silence":
      return;
    case "hang-up":
      response.destroy();
      return;
    case "reply":
      response.writeHead(reply.status, reply.headers).end(reply.body);
      return;
    case "stream":
      await writeStream(response, reply);
  }
}

async function writeStream(
  response: ServerResponse,
  reply: Extract<Reply, { kind: "stream" }>,
): Promise<void> {
  response.writeHead(200, reply.headers);
  for await (const chunk of reply.chunks) {
    if (response.destroyed) return;
    if (!response.write(chunk)) await Promise.race([once(response, "drain"), once(response, "close")]);
  }
  if (reply.cut) response.destroy();
  else response.end();
}
