import { z } from "zod";
import type { AskedMedia, MediaAnswer } from "@/lib/inbox/fetch-media";
import { env } from "@/lib/shared/env";
import { download, isSameOrigin } from "../download";
import { graphHeaders, graphUrl } from "./graph";

const TIMEOUT_MS = 10_000;

const found = z.looseObject({
  url: z.string().min(1),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i)
    .optional()
    .catch(undefined),
  file_size: z.coerce.number().int().nonnegative().optional().catch(undefined),
});
const refused = z.looseObject({
  error: z.looseObject({ code: z.number().int(), error_subcode: z.number().int().optional() }),
});

/** An object that is not there any more, or never was ours. Source: Graph API, "Handling errors", 100 with subcode 33 */
const NO_SUCH_OBJECT = 33;
/** Meta could not get the customer's file. Source: Meta, "Error codes" */
const NOT_THERE = 131052;

/**
 * A file that a customer sent: its address, which works for five minutes, and then its bytes. Asked at the moment it is
 * needed. Source: Meta, "Media", retrieve a media URL and download media
 */
export async function fetchMetaMedia({ ref, identity, maxBytes }: AskedMedia): Promise<MediaAnswer> {
  const media = await ask(ref, identity);
  if (media === "gone" || media === "unreachable") return { kind: media };
  const { url, sha256, file_size: bytes } = media;
  if (bytes !== undefined && bytes > maxBytes) return { kind: "too-large" };
  const answer = await download({
    url,
    maxBytes,
    headersFor: (address) => (isMetas(address) ? graphHeaders() : undefined),
    maxHops: 0,
  });
  // The address has ended meanwhile; whether the file has is said by its id.
  if (answer.kind === "gone") return { kind: "unreachable" };
  if (answer.kind !== "found") return answer;
  return { ...answer, ...(bytes !== undefined && { bytes }), ...(sha256 !== undefined && { sha256 }) };
}

async function ask(ref: string, identity: string): Promise<z.output<typeof found> | "gone" | "unreachable"> {
  try {
    const owner = identity === "" ? "" : `?phone_number_id=${encodeURIComponent(identity)}`;
    const response = await fetch(`${graphUrl(ref)}${owner}`, {
      headers: graphHeaders(),
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body: unknown = await response.json();
    const error = refused.safeParse(body);
    if (error.success) return isGone(error.data.error) ? "gone" : "unreachable";
    return found.safeParse(body).data ?? "unreachable";
  } catch {
    return "unreachable";
  }
}

const isGone = ({
  code,
  error_subcode: sub,
}: {
  code: number;
  error_subcode?: number | undefined;
}): boolean => code === NOT_THERE || (code === 100 && sub === NO_SUCH_OBJECT);

/** Meta's own servers of files, or the configured one. Our token is sent to no other. */
function isMetas(url: URL): boolean {
  if (isSameOrigin(url, env().META_API_BASE)) return true;
  return url.protocol === "https:" && url.port === "" && /^([\w-]+\.)+fbsbx\.com$/.test(url.hostname);
}
