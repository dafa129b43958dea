import { SENDABLE, tooLargeWords, type UploadLimits } from "./core/sendable";

export { tooLargeWords, type UploadLimits };

/** What the server will take of a file to send; how large it may be, each conversation says. */
export const UPLOADS: Pick<typeof SENDABLE, "pictures" | "refusal"> = SENDABLE;
