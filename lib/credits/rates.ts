import { env } from "@/lib/shared/env";
import type { Rates } from "./core/price-usage";

let rates: Rates | undefined;

/** The configured prices of this process. */
export function configuredRates(): Rates {
  if (!rates) {
    const settings = env();
    rates = {
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
  return rates;
}
