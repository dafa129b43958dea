import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import { type RunningSandbox, startSandbox } from "@/tests/sandbox/start-sandbox";

export interface Delivered {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Answer {
  status: number;
  type?: string;
  body?: string;
  /** Never answers. */
  silent?: boolean;
}

/** Stands where the application would: keeps what it gets, and answers as it is told. */
export interface Receiver {
  url: string;
  got: Delivered[];
  answer: (delivered: Delivered) => Answer;
  stop: () => Promise<void>;
}

/** Node's own 5 seconds pass on a busy machine, and a connection would be closed while the next request takes it. */
const KEEP_ALIVE_MS = 60_000;

async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const delivered = {
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      receiver.got.push(delivered);
      const { status, type = "text/plain", body = "", silent = false } = receiver.answer(delivered);
      if (!silent) response.writeHead(status, { "content-type": type }).end(body);
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    got: [],
    answer: () => ({ status: 200 }),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

export const SECRETS = {
  metaAppSecret: "meta-app-secret-of-the-tests",
  metaAccessToken: "meta-access-token-of-the-tests",
  metaVerifyToken: "meta-verify-token-of-the-tests",
  twilioAccountSid: `AC${"d".repeat(32)}`,
  twilioAuthToken: "twilio-auth-token-of-the-tests",
  vapiWebhookSecret: "vapi-webhook-secret-of-the-tests",
  vapiApiKey: "vapi-api-key-of-the-tests",
  aiApiKey: "ai-api-key-of-the-tests",
  stripeSecretKey: "sk_test_of-the-tests",
  stripeWebhookSecret: "whsec_of-the-tests",
};

const running: { stop: () => Promise<void> }[] = [];

afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

/** A sandbox that delivers only when it is flushed, and a receiver in the application's place. */
export async function startPair(): Promise<{ sandbox: RunningSandbox; receiver: Receiver }> {
  const receiver = await startReceiver();
  running.push(receiver);
  const sandbox = await startSandbox({
    port: 0,
    smtpPort: 0,
    appUrl: receiver.url,
    publicUrl: receiver.url,
    secrets: SECRETS,
  });
  running.push(sandbox);
  await sandbox.control.settings({ delivery: "manual", streamPauseMs: 0 });
  return { sandbox, receiver };
}

const BRIGHTSIDE = "100000000000001";
export const CUSTOMER = "+447700900101";

interface Answered<T> {
  status: number;
  body: T;
}

/** Sends a WhatsApp as the application would. */
export async function sendWhatsApp<T = { messages: { id: string }[]; error: { code: number } }>(
  sandbox: RunningSandbox,
  body: object,
  token = SECRETS.metaAccessToken,
): Promise<Answered<T>> {
  const response = await fetch(`${sandbox.url}/meta/v24.0/${BRIGHTSIDE}/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ messaging_product: "whatsapp", ...body }),
  });
  return { status: response.status, body: (await response.json()) as T };
}

export const whatsAppText = (body: string, extra: object = {}) => ({
  to: CUSTOMER,
  type: "text",
  text: { body },
  ...extra,
});

const basic = `Basic ${Buffer.from(`${SECRETS.twilioAccountSid}:${SECRETS.twilioAuthToken}`).toString("base64")}`;

/** Asks Twilio's REST API; with parameters it is a POST. */
export async function twilio<T = Record<string, unknown>>(
  sandbox: RunningSandbox,
  path: string,
  params?: Record<string, string>,
  authorization = basic,
): Promise<Answered<T>> {
  const response = await fetch(
    `${sandbox.url}/twilio/2010-04-01/Accounts/${SECRETS.twilioAccountSid}/${path}`,
    {
      headers: { authorization },
      ...(params ? { method: "POST", body: new URLSearchParams(params) } : {}),
    },
  );
  return { status: response.status, body: (await response.json()) as T };
}

export const SMS = { From: "+441134960001", To: CUSTOMER, Body: "Your car is ready." };
