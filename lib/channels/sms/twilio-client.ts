import twilio from "twilio";
import { env } from "@/lib/shared/env";
import { processWide } from "@/lib/shared/process-wide";

/** How Twilio’s own documents and webhooks name its API. */
export const OFFICIAL = "https://api.twilio.com";
const TIMEOUT_MS = 10_000;

type RequestOptions<Data> = Parameters<typeof twilio.RequestClient.prototype.request<Data>>[0];

/** Twilio's own HTTP client, with its address replaced by the configured one. */
class ConfiguredClient extends twilio.RequestClient {
  readonly #base: string;

  constructor(base: string) {
    super({ timeout: TIMEOUT_MS });
    this.#base = base.replace(/\/+$/, "");
  }

  override request<Data>(options: RequestOptions<Data>) {
    const uri = options.uri.startsWith(OFFICIAL)
      ? this.#base + options.uri.slice(OFFICIAL.length)
      : options.uri;
    return super.request({ ...options, uri });
  }
}

/** The official client of our account; it never repeats a request by itself. */
export const twilioClient = processWide("twilio-client", () => {
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_API_BASE } = env();
  return twilio(TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, {
    httpClient: new ConfiguredClient(TWILIO_API_BASE),
  });
});
