import { request as ask, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { frontDoor } from "./front-door";
import { inputIsRead } from "./reading-input";

const LIMIT = 64 * 1024;
const ACTION = { "next-action": "0".repeat(42) };

const handle = vi.fn<(request: IncomingMessage, response: ServerResponse) => Promise<void>>();
const server = createServer((request, response) => void frontDoor(handle)(request, response));
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Posts without saying how much will come; the status and the text of the answer. */
const post = (
  path: string,
  chunks: readonly string[],
  headers: Record<string, string> = ACTION,
  method = "POST",
) =>
  new Promise<[number | undefined, string]>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const sent = ask({ port, host: "127.0.0.1", path, method, headers, agent: false });
    sent.on("error", reject).on("response", (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve([response.statusCode, text]));
    });
    for (const chunk of chunks) sent.write(chunk);
    sent.end();
  });

async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let size = 0;
  for await (const chunk of request) size += chunk.length;
  response.end(`${request.method} ${request.url} ${size} of ${request.headers["content-length"]}`);
}

test("a body that says nothing of its length is passed on whole, up to the limit", async () => {
  handle.mockImplementation(echo);
  expect(await post("/voice", ["x".repeat(LIMIT - 1), "x"])).toEqual([
    200,
    `POST /voice ${LIMIT} of ${LIMIT}`,
  ]);
  expect(await post("/voice", [])).toEqual([200, "POST /voice 0 of 0"]);
});

test.each(["/voice", "/api/auth/sign-in/email"])(
  "a byte more is too large on %s, and nobody behind the door sees it",
  async (path) => {
    handle.mockReset();
    const [status, text] = await post(path, ["x".repeat(LIMIT), "x", "x".repeat(4 * LIMIT)]);
    expect([status, JSON.parse(text).error.code]).toEqual([413, "payload_too_large"]);
    expect(handle).not.toHaveBeenCalled();
  },
);

test("a sender who closes after the answer has finished before it comes", async () => {
  const headers = { ...ACTION, connection: "close" };
  for (let n = 0; n < 20; n += 1)
    expect((await post("/voice", Array(6).fill("x".repeat(LIMIT)), headers))[0]).toBe(413);
});

test("a sender without end is cut off", async () => {
  const { port } = server.address() as AddressInfo;
  const sent = ask({
    port,
    host: "127.0.0.1",
    path: "/voice",
    method: "POST",
    headers: ACTION,
    agent: false,
  });
  const closed = new Promise<void>((resolve) => sent.on("error", () => resolve()).on("close", resolve));
  sent.on("response", (response) => response.resume());
  const write = (): void => {
    while (!sent.destroyed && sent.write("x".repeat(LIMIT)));
  };
  sent.on("drain", write);
  write();
  await closed;
});

const failing = (began: boolean) => async (_: IncomingMessage, response: ServerResponse) => {
  if (began) inputIsRead();
  await Promise.resolve();
  response.writeHead(500).end();
};

test("what Next could not read is the sender's mistake; what fails once the action runs is ours", async () => {
  handle.mockImplementation(failing(false));
  expect((await post("/voice", ["[]"]))[0]).toBe(400);
  handle.mockImplementation(failing(true));
  expect((await post("/voice", ["[]"]))[0]).toBe(500);
});

test("a page is posted to by its own actions alone", async () => {
  handle.mockReset();
  expect((await post("/voice", ["a=b"], {}))[0]).toBe(405);
  expect((await post("/voice", ["{}"], {}, "PUT"))[0]).toBe(405);
  expect((await post("/voice", ["x".repeat(LIMIT + 1)], {}))[0]).toBe(413);
  expect(handle).not.toHaveBeenCalled();
});
