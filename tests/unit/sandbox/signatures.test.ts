import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { escapedJson, metaSignature, twilioSignature } from "@/tests/sandbox/core/signatures";

const { validateRequest } = createRequire(import.meta.url)("twilio/lib/webhooks/webhooks.js") as {
  validateRequest: (
    token: string,
    signature: string,
    url: string,
    params: Record<string, unknown>,
  ) => boolean;
};

test("a Twilio signature is the one of Twilio's documentation", () => {
  const params = new URLSearchParams({
    To: "+18005551212",
    CallSid: "CA1234567890ABCDE",
    Caller: "+12349013030",
    From: "+12349013030",
    Digits: "1234",
  });
  const url = "https://mycompany.com/myapp.php?foo=1&bar=2";
  expect(twilioSignature("12345", url, params)).toBe("0/KCTR6DLpKmkAf8muzZqo1nDgQ=");
});

test("Twilio's own library accepts a signature over empty, repeated and non-ASCII parameters", () => {
  const params = new URLSearchParams({ Body: "Grüße 👍 & more=1", FromCity: "", To: "+441134960001" });
  params.append("Tag", "b");
  params.append("Tag", "a");
  params.append("Tag", "b");
  const url = "http://127.0.0.1:3000/api/webhooks/sms?fallback=1";
  const asObject = { Body: "Grüße 👍 & more=1", FromCity: "", To: "+441134960001", Tag: ["b", "a", "b"] };
  expect(validateRequest("token", twilioSignature("token", url, params), url, asObject)).toBe(true);
  expect(validateRequest("other", twilioSignature("token", url, params), url, asObject)).toBe(false);
});

test("a Meta signature is the HMAC of the raw bytes, in lower-case hex", () => {
  // printf '{"object":"whatsapp_business_account"}' | openssl dgst -sha256 -hmac meta_app_secret_test
  expect(metaSignature("meta_app_secret_test", '{"object":"whatsapp_business_account"}')).toBe(
    "sha256=56942d52ab3e21be3f13422a465e1cc650d1cce944b2d0f7ab1758b6c50547ab",
  );
});

test("Meta writes everything beyond ASCII escaped, and it reads back the same", () => {
  const value = { text: "café £5 👍", plain: "MOT" };
  expect(escapedJson(value)).toBe('{"text":"caf\\u00e9 \\u00a35 \\ud83d\\udc4d","plain":"MOT"}');
  expect(JSON.parse(escapedJson(value))).toEqual(value);
});
