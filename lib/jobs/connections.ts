import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** So long may a request go on coming once the process is to end. */
const HALF_REQUEST_MS = 3_000;

/**
 * Follows a server's connections, so that it ends in order. What is returned lets them go: those that owe no answer at once, also
 * if nothing, or half a header, has come by them (Node waits for these); the others after the last answer that they owe; and
 * whoever is still sending then, in three seconds. Call it once the server takes no new connections.
 */
export function followConnections(server: Server): () => void {
  const open = new Map<Socket, Set<IncomingMessage>>();
  server.on("connection", (socket: Socket) => {
    open.set(socket, new Set());
    socket.once("close", () => open.delete(socket));
  });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const owed = open.get(request.socket);
    owed?.add(request);
    response.once("close", () => {
      owed?.delete(request);
      if (!server.listening && owed?.size === 0) request.socket.end();
    });
  });
  return () => {
    for (const [socket, owed] of open) if (owed.size === 0) socket.destroy();
    setTimeout(() => {
      for (const [socket, owed] of open) if ([...owed].some(({ complete }) => !complete)) socket.destroy();
    }, HALF_REQUEST_MS).unref();
  };
}
