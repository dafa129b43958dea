import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { boundSender } from "./slow-sender";

const SILENCE_MS = 500;
const SENT_EVERY_MS = 20;
const bounds = { silenceMs: SILENCE_MS, mostMs: 60_000 };

const server = createServer((request, response) => {
  boundSender(request, response, "/", bounds);
  request.on("error", () => undefined).resume();
  // The answer takes longer than a sender may be silent.
  request.on("end", () => setTimeout(() => response.end("read"), 2 * SILENCE_MS));
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Sends so many of 20 bytes one after the other, then nothing; what came back until the connection ended. */
async function send(bytes: number): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  let answer = "";
  socket
    .on("error", () => undefined)
    .on("data", (chunk) => {
      answer += chunk;
    });
  const ended = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  socket.write("POST / HTTP/1.1\r\nhost: garage.test\r\nconnection: close\r\ncontent-length: 20\r\n\r\n");
  for (let sent = 0; sent < bytes && !socket.destroyed; sent += 1) {
    socket.write("a");
    await wait(SENT_EVERY_MS);
  }
  await ended;
  return answer;
}

test("who sends slowly is read, and their answer may take its time", async () => {
  expect(await send(20)).toContain("read");
});

test("who stops sending is not waited for", async () => {
  expect(await send(2)).toBe("");
});
