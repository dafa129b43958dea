/** Our own addresses of an invoice, which lead to Stripe's of that moment: Stripe's expire. */
const pathOf = (invoiceId: string): string => `/api/billing/invoices/${invoiceId}`;

export const invoicePage = (invoiceId: string): string => `${pathOf(invoiceId)}/page`;

export const invoicePdf = (invoiceId: string): string => `${pathOf(invoiceId)}/pdf`;
