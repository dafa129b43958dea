import { env } from "@/lib/shared/env";

/** Where "Contact Torqueflow support" leads. */
export const supportUrl = (): string => env().SUPPORT_URL ?? `mailto:${env().SUPPORT_EMAIL}`;

/** The same address as it stands in a sentence, where it cannot be a link. */
export const supportAddress = (): string => supportUrl().replace(/^mailto:/, "");
