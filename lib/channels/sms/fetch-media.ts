import type { AskedMedia, MediaAnswer } from "@/lib/inbox/fetch-media";
import { env } from "@/lib/shared/env";
import { download, isSameOrigin } from "../download";
import { OFFICIAL } from "./twilio-client";

/** Twilio leads on to where the bytes are; these need no password, and get none. */
const STORES = /^(([\w-]+\.)*twiliocdn\.com|media\.twilio\.com|mcs\.[\w-]+\.twilio\.com)$/;
const MAX_HOPS = 2;

/** A file of a text. Source: Twilio, "Media resource", fetch a media file */
export const fetchTwilioMedia = ({ ref, maxBytes }: AskedMedia): Promise<MediaAnswer> =>
  download({ url: configured(ref), maxBytes, headersFor, maxHops: MAX_HOPS });

/** As every address of Twilio's API: where it is configured to be. */
function configured(ref: string): string {
  const base = env().TWILIO_API_BASE.replace(/\/+$/, "");
  return ref.startsWith(`${OFFICIAL}/`) ? base + ref.slice(OFFICIAL.length) : ref;
}

function headersFor(url: URL): Record<string, string> | undefined {
  const { TWILIO_API_BASE, TWILIO_ACCOUNT_SID: user, TWILIO_AUTH_TOKEN: password } = env();
  if (isSameOrigin(url, TWILIO_API_BASE))
    return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
  return url.protocol === "https:" && url.port === "" && STORES.test(url.hostname) ? {} : undefined;
}
