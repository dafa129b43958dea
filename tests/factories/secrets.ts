/** A secret that is not the demo's. */
const real = (prefix = "") => `${prefix}a-secret-of-this-test-alone-0123456789`;

/** With these a process may serve customers: TORQUEFLOW_DEMO is not 1. */
export const SECRETS_OF_PRODUCTION = {
  AUTH_SECRET: real(),
  VAPI_WEBHOOK_SECRET: real(),
  VAPI_API_KEY: real(),
  META_APP_SECRET: real(),
  META_VERIFY_TOKEN: real(),
  META_ACCESS_TOKEN: real(),
  TWILIO_AUTH_TOKEN: real(),
  STRIPE_SECRET_KEY: real("sk_test_"),
  STRIPE_WEBHOOK_SECRET: real("whsec_"),
  AI_API_KEY: real(),
};
