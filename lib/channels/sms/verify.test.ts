import { describe, expect, test } from "vitest";
import { sampleSignatures, sampleText } from "@/tests/factories/samples";
import { formOf } from "@/tests/factories/twilio";
import { readForm } from "./form";
import { verifySms } from "./verify";

const check = (
  url: string,
  body: string,
  signature: string,
  token: string,
  secondaryToken?: string,
): boolean => {
  const { origin, pathname, search } = new URL(url);
  const request = new Request(`http://behind-a-proxy:8080${pathname}${search}`, {
    method: "POST",
    headers: { "x-twilio-signature": signature, host: "evil.example" },
  });
  return verifySms(request, readForm(Buffer.from(body)), { appUrl: origin, token, secondaryToken });
};

describe("Twilio's own example", () => {
  const url = "https://mycompany.com/myapp.php?foo=1&bar=2";
  const fields = {
    CallSid: "CA1234567890ABCDE",
    Caller: "+12349013030",
    Digits: "1234",
    From: "+12349013030",
    To: "+18005551212",
  };
  const signature = "0/KCTR6DLpKmkAf8muzZqo1nDgQ=";

  test("holds, with the first token or the second", () => {
    expect(check(url, formOf(fields), signature, "12345")).toBe(true);
    expect(check(url, formOf(fields), signature, "another", "12345")).toBe(true);
  });

  test.each([
    ["another token", url, fields, signature, "123456"],
    ["another scheme", url.replace("https", "http"), fields, signature, "12345"],
    ["another query", url.replace("bar=2", "bar=3"), fields, signature, "12345"],
    ["another value", url, { ...fields, Digits: "1235" }, signature, "12345"],
    ["another name", url, { ...fields, Extra: "" }, signature, "12345"],
    ["no signature", url, fields, "", "12345"],
    ["a signature of another length", url, fields, `${signature}A`, "12345"],
  ])("does not hold with %s", (_, address, given, sign, token) => {
    expect(check(address, formOf(given), sign, token)).toBe(false);
  });
});

test("every sample's signature holds over its exact bytes, and over no other", () => {
  const { authToken, files } = sampleSignatures().twilio;
  for (const [file, { url, signature }] of Object.entries(files)) {
    const body = sampleText("twilio", file);
    expect(check(url, body, signature, authToken), file).toBe(true);
    expect(check(url, `${body}&Extra=1`, signature, authToken), file).toBe(false);
    expect(check(`${url}/`, body, signature, authToken), file).toBe(false);
  }
});
