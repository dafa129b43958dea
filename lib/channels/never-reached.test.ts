import { createServer } from "node:net";
import { expect, test } from "vitest";
import { neverReached } from "./never-reached";

async function portOf(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

const failureOf = (url: string): Promise<unknown> =>
  fetch(url, { method: "POST" }).then(
    () => undefined,
    (error) => error,
  );

test("a refused connection and an unknown host never reached anybody", async () => {
  const server = createServer();
  const port = await portOf(server);
  await new Promise((resolve) => server.close(resolve));
  expect(neverReached(await failureOf(`http://127.0.0.1:${port}`))).toBe(true);
  expect(neverReached(await failureOf("http://nobody.invalid"))).toBe(true);
});

test("a connection that breaks after the request may have reached somebody", async () => {
  const server = createServer((socket) => socket.once("data", () => socket.destroy()));
  const port = await portOf(server);
  expect(neverReached(await failureOf(`http://127.0.0.1:${port}`))).toBe(false);
  await new Promise((resolve) => server.close(resolve));
});

test.each([
  ["a time-out", new DOMException("late", "TimeoutError")],
  ["a reset", Object.assign(new Error(), { code: "ECONNRESET" })],
  [
    "a mixture",
    new AggregateError([Object.assign(new Error(), { code: "ECONNREFUSED" }), new Error("other")]),
  ],
  ["no error", "ECONNREFUSED"],
])("%s says nothing for certain", (_, error) => {
  expect(neverReached(error)).toBe(false);
});

test("a connection that timed out before it stood never reached anybody", () => {
  const cause = Object.assign(new Error(), { code: "ETIMEDOUT", syscall: "connect" });
  expect(neverReached(new TypeError("fetch failed", { cause }))).toBe(true);
});
