import { organisationShown, UNREACHABLE, WENT_WRONG } from "@/components/layout/api";
import type { UploadLimits } from "@/lib/inbox/upload-client";
import { checkFile, UNREADABLE } from "./attach-check";

/** How an upload ended. */
export type Ended =
  | { readonly kind: "ready"; readonly mediaId: string }
  | { readonly kind: "failed"; readonly reason: string; readonly canRetry: boolean };

const failed = (reason: string, canRetry: boolean): Ended => ({ kind: "failed", reason, canRetry });

/** Checks a file, makes it what WhatsApp takes, and uploads it to a conversation. What goes wrong is a state, never thrown. */
export function sendFile(
  { id, limits }: { readonly id: string; readonly limits: UploadLimits },
  file: File,
  onProgress: (progress: number) => void,
): { readonly done: Promise<Ended>; readonly cancel: () => void } {
  const request = new XMLHttpRequest();
  let isCancelled = false;
  const run = async (): Promise<Ended> => {
    const check = checkFile(file, limits);
    if (check.kind === "refuse") return failed(check.reason, false);
    const ready = check.kind === "convert" ? await toJpeg(file) : file;
    if (!ready) return failed(UNREADABLE, false);
    if (isCancelled) return failed("Cancelled.", true);
    return post(request, id, ready, onProgress);
  };
  const cancel = (): void => {
    isCancelled = true;
    request.abort();
  };
  return { done: run(), cancel };
}

/** `fetch` tells nothing of how far an upload has come. */
function post(
  request: XMLHttpRequest,
  conversationId: string,
  file: File,
  onProgress: (progress: number) => void,
): Promise<Ended> {
  return new Promise((resolve) => {
    request.open(
      "POST",
      `/api/messages/conversations/${conversationId}/media?name=${encodeURIComponent(file.name)}`,
    );
    request.setRequestHeader("content-type", file.type || "application/octet-stream");
    request.setRequestHeader("x-organisation", organisationShown());
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(read(request));
    request.onerror = () => resolve(failed(UNREACHABLE, true));
    request.onabort = () => resolve(failed("Cancelled.", true));
    request.send(file);
  });
}

function read({ status, responseText }: XMLHttpRequest): Ended {
  const { mediaId, error } = parse(responseText);
  if (status === 201 && mediaId !== undefined) return { kind: "ready", mediaId };
  // What is refused because of what it is will be refused again.
  return failed(error?.message ?? WENT_WRONG, status !== 413 && status !== 415);
}

type Answer = { readonly mediaId?: string; readonly error?: { readonly message?: string } };

function parse(text: string): Answer {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return {};
  }
}

const LONGEST_SIDE = 3_000;
const QUALITY = 0.85;

/** A picture as the browser shows it, as a JPEG that WhatsApp takes; undefined where the browser cannot read it. */
async function toJpeg(file: File): Promise<File | undefined> {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    return blob
      ? new File([blob], file.name.replace(/(\.\w+)?$/, ".jpg"), { type: "image/jpeg" })
      : undefined;
  } catch {
    return undefined;
  }
}
