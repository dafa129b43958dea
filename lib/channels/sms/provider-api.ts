import { AppError } from "@/lib/shared/errors";
import { OFFICIAL, twilioClient } from "./twilio-client";

const PAGE = 1_000;

/** A message as Twilio's REST API has it. */
export type FetchedSms = Awaited<ReturnType<ReturnType<typeof twilioClient>["messages"]["list"]>>[number];

/** What came to a number since then, at most a thousand. Throws unavailable. Source: Twilio, "Message resource", list. */
export const listInbound = (number: string, since: Date): Promise<FetchedSms[]> =>
  asking(async () => {
    const found = await twilioClient().messages.list({
      to: number,
      dateSentAfter: since,
      pageSize: PAGE,
      limit: PAGE,
    });
    return found.filter((message) => message.direction === "inbound");
  });

/** The latest that a number sent to somebody. Throws unavailable. */
export const listOutbound = (from: string, to: string): Promise<FetchedSms[]> =>
  asking(async () => {
    const found = await twilioClient().messages.list({ from, to, pageSize: 50, limit: 50 });
    return found.filter((message) => message.direction !== "inbound");
  });

/** One message, or undefined where Twilio does not know it. Throws unavailable. */
export const fetchSms = (sid: string): Promise<FetchedSms | undefined> =>
  asking(() => twilioClient().messages(sid).fetch().catch(unlessUnknown(undefined)));

/** The files of a message, as its webhook would have named them; none where they are gone. Throws unavailable. */
export const listMedia = (sid: string): Promise<{ url: string; mimeType: string }[]> =>
  asking(async () => {
    const media = await twilioClient().messages(sid).media.list({ limit: 10 }).catch(unlessUnknown([]));
    return media.map(({ uri, contentType }) => ({
      url: OFFICIAL + uri.replace(/\.json$/, ""),
      mimeType: contentType,
    }));
  });

const unlessUnknown =
  <T>(otherwise: T) =>
  (error: unknown): T => {
    if (error instanceof Error && Reflect.get(error, "status") === 404) return otherwise;
    throw error;
  };

async function asking<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    throw new AppError("unavailable", "Twilio’s API does not answer.", { cause });
  }
}
