import { expect, test } from "vitest";
import { sameSecret } from "@/lib/shared/same-secret";
import { readBody } from "./read-body";

const LIMIT = 1_000;

const request = (body: BodyInit | null, headers: Record<string, string> = {}): Request => {
  const init = { method: "POST", headers, body, duplex: "half" };
  return new Request("http://test.example/", init);
};

const streamed = (chunks: number, onCancel = () => {}) =>
  new ReadableStream<Uint8Array>({
    pull: (controller) => (chunks-- > 0 ? controller.enqueue(new Uint8Array(400)) : controller.close()),
    cancel: onCancel,
  });

test("a body comes back byte for byte, up to the limit", async () => {
  expect((await readBody(request("é\0x"), LIMIT)).toString("utf8")).toBe("é\0x");
  expect(await readBody(request("x".repeat(LIMIT)), LIMIT)).toHaveLength(LIMIT);
  expect(await readBody(request(null), LIMIT)).toHaveLength(0);
});

test("a byte more is too large, whatever the length header says", async () => {
  const tooLarge = expect.objectContaining({ code: "payload_too_large" });
  await expect(readBody(request("x".repeat(LIMIT + 1)), LIMIT)).rejects.toEqual(tooLarge);
  await expect(readBody(request(streamed(3), { "content-length": "10" }), LIMIT)).rejects.toEqual(tooLarge);
});

test("a body without end is given up, not read for ever", async () => {
  let cancelled = false;
  const endless = streamed(Number.POSITIVE_INFINITY, () => {
    cancelled = true;
  });
  await expect(readBody(request(endless), LIMIT)).rejects.toMatchObject({ code: "payload_too_large" });
  expect(cancelled).toBe(true);
});

test("a sender who breaks off is the sender's fault", async () => {
  const broken = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.error(new Error("gone")),
  });
  await expect(readBody(request(broken), LIMIT)).rejects.toMatchObject({ code: "invalid_input" });
});

test("secrets are the same or not, whatever their lengths", () => {
  expect([
    sameSecret("abc", "abc"),
    sameSecret("abc", "abd"),
    sameSecret("", "abc"),
    sameSecret("abcd", "abc"),
  ]).toEqual([true, false, false, false]);
});
