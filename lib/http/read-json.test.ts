import { expect, test } from "vitest";
import { z } from "zod";
import { lineKey } from "./line-key";
import { queryOf } from "./query";
import { parseInput, readJson } from "./read-json";
import { clientKey, emailAddress, linkToken, newPassword, typedCaption, typedName, typedText } from "./typed";

const posted = (json: string): Request =>
  new Request("http://garage.test/api/sign-up", {
    ...{ method: "POST", headers: { "content-type": "application/json" } },
    body: json,
  });

/** As a caller may write it: JSON escapes NUL and half a surrogate pair, and its parser takes both. */
const BROKEN = String.raw`A\u0000\ud800b`;
const CLEAN = "A\ufffdb";

test("no NUL and no half a surrogate pair passes, in whichever value or key of a body it stands", async () => {
  const shape = z.object({
    name: z.string(),
    list: z.array(z.string()),
    more: z.record(z.string(), z.unknown()),
  });
  const json = `{"name":"${BROKEN}","list":["${BROKEN}"],"more":{"${BROKEN}":{"deep":"${BROKEN}"},"n":1}}`;
  expect(await readJson(posted(json), shape)).toEqual({
    name: CLEAN,
    list: [CLEAN],
    more: { [CLEAN]: { deep: CLEAN }, n: 1 },
  });
});

test("whole characters, lines and blanks are left as they were sent", async () => {
  const text = " Café 🚗\n\t李 ";
  expect(await readJson(posted(JSON.stringify({ text })), z.object({ text: z.string() }))).toEqual({ text });
});

test("the limits of a shape count for what is left", async () => {
  const empty = readJson(posted(String.raw`{"channel":"sms","identity":"\u0000"}`), lineKey);
  await expect(empty).rejects.toMatchObject({ code: "invalid_input", field: "identity" });
});

test.each([
  ["a name", typedName(100)],
  ["a text", typedText(100)],
  ["a caption", typedCaption(100)],
  ["a password", newPassword],
  ["a link's token", linkToken],
  ["the identity of a line", lineKey.shape.identity],
])("%s can be stored once it is read", (_, shape) => {
  const read = parseInput("/a long enough \0 text \ud800 with \udc00 both", shape as z.ZodType<string>);
  expect(read).toMatch(/^\/a long enough {1,2}text \ufffd with \ufffd both$/);
});

test("a query and an action's input are read in the same way", () => {
  const shape = z.object({ search: z.string() });
  expect(queryOf(new Request("http://garage.test/?search=a%00b"), shape)).toEqual({ search: "ab" });
  expect(parseInput({ search: "a\0\ud800" }, shape)).toEqual({ search: "a\ufffd" });
});

test.each([
  ["an address", "pat@re\0ed.test", emailAddress],
  ["a request's key", "key-of-12\0", clientKey],
])("%s is not made of what is none by leaving characters out", (_, given, shape) => {
  expect(() => parseInput(given, shape)).toThrow(expect.objectContaining({ code: "invalid_input" }));
});
