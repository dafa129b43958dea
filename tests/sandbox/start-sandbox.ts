import { aiProvider } from "./ai/provider";
import { createClient, type SandboxClient } from "./client";
import { callRoutes } from "./control/calls";
import { generalRoutes } from "./control/general";
import type { Parts } from "./control/parts";
import { smsRoutes } from "./control/sms";
import { stripeRoutes } from "./control/stripe";
import { streamEvents, viewRoutes } from "./control/views";
import { whatsAppRoutes } from "./control/whatsapp";
import { createClock } from "./core/clock";
import { createSandbox } from "./core/context";
import type { HttpProvider } from "./core/providers";
import { SandboxServer } from "./core/server";
import { ownTime, sharedTime } from "./core/time";
import { createInbox } from "./mail/inbox";
import { metaProvider } from "./meta/provider";
import { createMetaState } from "./meta/state";
import { resolveOptions } from "./options";
import { pageRoutes } from "./page/routes";
import { seedCatalog } from "./stripe/catalog";
import { keepInFile } from "./stripe/keep";
import { invoiceRoutes } from "./stripe/pages/invoice-routes";
import { portalRoutes } from "./stripe/pages/portal-routes";
import { checkoutRoutes } from "./stripe/pages/routes";
import { type Past, type Pasts, playPast } from "./stripe/past";
import { stripeProvider } from "./stripe/provider";
import { createStripeState } from "./stripe/state";
import { twilioProvider } from "./twilio/provider";
import { createTwilioState } from "./twilio/state";
import { vapiProvider } from "./vapi/provider";
import { createVapiState } from "./vapi/state";

export interface RunningSandbox {
  /** `META_API_BASE` is `<url>/meta`, and so on; see `environmentOf`. */
  url: string;
  smtpUrl: string;
  control: SandboxClient;
  stop: () => Promise<void>;
}

/**
 * Starts the local providers on loopback ports, in this process. What is not given comes from the environment, as
 * for `run.ts`. Stop it in afterAll.
 */
export async function startSandbox(
  given: Parameters<typeof resolveOptions>[0] = {},
): Promise<RunningSandbox> {
  const options = resolveOptions(given);
  const clock = createClock();
  const { clockDatabaseUrl } = options;
  const time = clockDatabaseUrl === null ? ownTime(clock) : await sharedTime(clock, clockDatabaseUrl);
  const sandbox = createSandbox(options, clock, time);
  const pasts: Pasts = new Map();
  const [meta, twilio, vapi, stripe] = [
    createMetaState(sandbox),
    createTwilioState(sandbox),
    createVapiState(sandbox),
    createStripeState(sandbox, (state) => {
      seedCatalog(state);
      for (const past of pasts.values()) playPast(state, past);
    }),
  ];
  const inbox = createInbox(sandbox);
  // Whoever joins is one more entry.
  const providers: HttpProvider[] = [
    metaProvider(meta),
    twilioProvider(twilio),
    aiProvider(sandbox),
    vapiProvider(vapi),
    stripeProvider(stripe),
  ];
  const resetAll = () => {
    sandbox.reset();
    for (const provider of providers) provider.reset();
    inbox.clear();
  };
  const layPast = (past: Past) => {
    pasts.set(past.name, past);
    return playPast(stripe, past);
  };
  const parts: Parts = { sandbox, meta, twilio, vapi, stripe, inbox, resetAll, layPast };
  const routes = [
    ...pageRoutes(parts),
    ...generalRoutes(parts),
    ...whatsAppRoutes(parts),
    ...smsRoutes(parts),
    ...callRoutes(parts),
    ...stripeRoutes(parts),
    ...checkoutRoutes(stripe),
    ...invoiceRoutes(stripe),
    ...portalRoutes(stripe),
    ...viewRoutes(parts),
  ];
  const server = new SandboxServer(
    providers,
    { routes, stream: (request, response) => streamEvents(parts, request, response) },
    sandbox.log,
  );
  const smtpUrl = await inbox.listen(options.smtpPort);
  const url = await server.listen(options.port).catch(async (error: unknown) => {
    await inbox.stop();
    throw error;
  });
  sandbox.setUrl(url);
  const keep = options.stateFile === null ? () => undefined : keepInFile(stripe, pasts, options.stateFile);
  const stop = async () => {
    keep();
    await sandbox.outbox.stop();
    await Promise.all([server.stop(), inbox.stop(), time.stop()]);
  };
  return { url, smtpUrl, control: createClient(url), stop };
}

/** The settings by which the application reaches a sandbox. */
export const environmentOf = ({ url, smtpUrl }: Pick<RunningSandbox, "url" | "smtpUrl">) => ({
  META_API_BASE: `${url}/meta`,
  TWILIO_API_BASE: `${url}/twilio`,
  AI_API_BASE: `${url}/ai/v1`,
  VAPI_API_BASE: `${url}/vapi`,
  // The official SDK takes a host and no path: Stripe is at the root.
  STRIPE_API_BASE: url,
  SMTP_URL: smtpUrl,
});
