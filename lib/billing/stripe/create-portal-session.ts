import { env } from "@/lib/shared/env";
import { stripe } from "./client";

/** The address of Stripe's portal for a customer, as it is configured there; it leads back to Billing. */
export async function createPortalSession(customer: string): Promise<string> {
  const { url } = await stripe().billingPortal.sessions.create({
    customer,
    locale: "en-GB",
    return_url: `${env().APP_URL}/settings/billing?portal=back`,
  });
  return url;
}
