import { env } from "@/lib/shared/env";

/** Where "Contact Torqueflow support" leads. */
export const supportUrl = (): string => env().SUPPORT_URL ?? `mailto:${env().SUPPORT_EMAIL}`;

/** The same for a sentence, which cannot lead anywhere. */
export const supportAddress = (): string => supportUrl().replace(/^mailto:/, "");
