import { env } from "@/lib/shared/env";
import type { Rates } from "./core/price-usage";

/** The configured prices. */
export function configuredRates(): Rates {
  const settings = env();
  return {
    version: settings.CREDIT_RATE_VERSION,
    microcreditsPerCent: {
      voice: settings.CREDIT_RATIO_VOICE,
      whatsapp: settings.CREDIT_RATIO_WHATSAPP,
      sms: settings.CREDIT_RATIO_SMS,
      diagnostics: settings.CREDIT_RATIO_DIAGNOSTICS,
    },
    microGbpPerUsd: settings.USD_GBP_RATE,
  };
}
