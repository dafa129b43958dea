import { connect } from "node:net";
import { sharedApp } from "./app";

/** Sends bytes as they stand, which no client library would; the status of the answer. */
export function rawStatus(head: readonly string[], body: readonly string[] = []): Promise<number> {
  const { hostname, port } = new URL(sharedApp().url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${[...head, `host: ${hostname}:${port}`, "connection: close"].join("\r\n")}\r\n\r\n`);
      for (const part of body) socket.write(part);
    });
    let heard = "";
    socket.on("data", (data) => {
      heard += data;
      const status = /^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1];
      if (status === undefined) return;
      resolve(Number(status));
      socket.destroy();
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error(`no answer: ${heard}`)));
  });
}
