import { isRecord } from "../../core/http";
import { pageOf } from "../lists";
import type { Invoice } from "./objects";

const isInvoice = (value: Record<string, unknown>): boolean => value.object === "invoice";

/**
 * What Stripe sends of something: each invoice in it carries its first ten lines, and says whether there are more.
 * Source: docs.stripe.com/api/invoices/object, `lines`
 */
export function withFirstLines(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withFirstLines);
  if (!isRecord(value)) return value;
  if (!isInvoice(value))
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withFirstLines(part)]));
  const { lines } = value as unknown as Invoice;
  return { ...value, lines: pageOf(lines.data, {}, lines.url) };
}
