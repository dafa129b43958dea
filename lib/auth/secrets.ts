import { createHash, randomBytes } from "node:crypto";

const BYTES = 32;

/** What only its holder knows: 43 characters that may stand in an address or a cookie. */
export const newSecret = (): string => randomBytes(BYTES).toString("base64url");

/** What is kept of a secret. */
export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");
