import Stripe from "stripe";
import { env } from "@/lib/shared/env";
import { stripeRoutes } from "../sandbox/control/stripe";
import { createSandbox } from "../sandbox/core/context";
import { parseJson, type Reply, record } from "../sandbox/core/http";
import { createRouter, type Route } from "../sandbox/core/router";
import { resolveOptions } from "../sandbox/options";
import { runDue } from "../sandbox/stripe/billing/run-due";
import { seedCatalog } from "../sandbox/stripe/catalog";
import { stripeClient } from "../sandbox/stripe/client";
import { stripeProvider } from "../sandbox/stripe/provider";
import { createStripeState } from "../sandbox/stripe/state";
import { keepForProcess } from "../support/fresh";

type Asked = { method: string; path: string; headers: Record<string, string>; body: string };
type Answer = { status: number; headers: Readonly<Record<string, string>>; body: string };

/** Answers requests as the sandbox's server would, without a connection. */
function answers(routes: readonly Route[], prefix = "") {
  const find = createRouter(routes);
  return async ({ method, path: whole, headers, body }: Asked): Promise<Answer> => {
    const url = new URL(whole, "http://stripe.test");
    const path = url.pathname.slice(prefix.length);
    const found = find(method, path);
    if (!found) throw new Error(`nobody answers ${method} ${whole}`);
    const { params } = found;
    const gone = new AbortController().signal;
    const raw = Buffer.from(body);
    const reply: Reply = await found.route.handle({ method, url, path, params, headers, raw, gone });
    if (reply.kind !== "reply") throw new Error(`${method} ${whole} is not answered`);
    return { status: reply.status, headers: reply.headers, body: String(reply.body) };
  };
}

/** The SDK's way to a server that is in this process. */
function inProcess(send: ReturnType<typeof answers>): Stripe.HttpClient {
  const lower = (headers: object) =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  return {
    getClientName: () => "in-process",
    makeRequest: async (_host, _port, path, method, headers, data) => {
      const answer = await send({ method, path, headers: lower(headers), body: data ?? "" });
      return {
        getStatusCode: () => answer.status,
        getHeaders: () => answer.headers,
        getRawResponse: () => answer,
        toStream: () => answer.body,
        toJSON: async () => JSON.parse(answer.body),
      };
    },
  };
}

/**
 * The local Stripe in this process, at the time of `now`: the application's SDK and the control API reach it without HTTP,
 * and its events wait in `state.events`. For months that must be quick; signatures and lost answers need the real server.
 */
export function localStripe(now: () => Date) {
  const clock = {
    now,
    time: () => now().getTime(),
    advance: () => undefined,
    follow: () => undefined,
    reset: () => undefined,
  };
  const sandbox = createSandbox(resolveOptions({ port: 0, smtpPort: 0 }), clock);
  sandbox.changeSettings({ delivery: "manual" });
  const state = createStripeState(sandbox, seedCatalog);
  const ask = answers(stripeProvider(state).routes, "/v1");
  keepForProcess(
    "stripe-client",
    new Stripe(env().STRIPE_SECRET_KEY, {
      httpClient: inProcess(ask),
      telemetry: false,
      maxNetworkRetries: 0,
    }),
  );
  const control = answers(stripeRoutes({ stripe: state }));
  const headers = { "content-type": "application/json" };
  const stripe = stripeClient(async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const sent = {
      method,
      path: `/control${path}`,
      headers,
      body: body === undefined ? "" : JSON.stringify(body),
    };
    const answer = await control(sent);
    const parsed = parseJson(answer.body);
    if (answer.status !== 200) throw new Error(`${method} /control${path}: ${String(record(parsed).error)}`);
    return parsed as T;
  });
  return {
    state,
    stripe,
    /** Stripe does what has become due. */
    runDue: () => {
      runDue(state);
      sandbox.outbox.clear();
    },
  };
}
