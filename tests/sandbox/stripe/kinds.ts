/** What Stripe keeps and a test may ask for, by the names of the sandbox's stores. */
export const KINDS = [
  "customers",
  "products",
  "prices",
  "paymentMethods",
  "paymentIntents",
  "charges",
  "refunds",
  "disputes",
  "sessions",
  "taxRates",
  "subscriptions",
  "invoices",
  "invoiceItems",
  "invoicePayments",
  "events",
] as const;
