import { SENDABLE } from "./core/sendable";

/** What the server will take of a file to send; `MEDIA_MAX_MIB` may be less. */
export const UPLOADS: typeof SENDABLE = SENDABLE;
