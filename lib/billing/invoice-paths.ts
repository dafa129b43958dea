/** Our own addresses of an invoice. They redirect to Stripe's, which expire. */
const pathOf = (invoiceId: string): string => `/api/billing/invoices/${invoiceId}`;

export const invoicePage = (invoiceId: string): string => `${pathOf(invoiceId)}/page`;

export const invoicePdf = (invoiceId: string): string => `${pathOf(invoiceId)}/pdf`;
