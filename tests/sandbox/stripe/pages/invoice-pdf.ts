import type { Invoice } from "../billing/objects";
import { pounds } from "../pounds";
import { addressee, dayOf, rowsOf, statusOf } from "./invoice-words";
import { type Print, pdf } from "./pdf";

const [LEFT, RIGHT] = [56, 539];
const LINE = 18;

/** An invoice to keep. */
export function invoicePdf(invoice: Invoice): Buffer {
  const title = `Invoice ${invoice.number ?? invoice.id}`;
  const prints: Print[] = [
    { text: "Torqueflow", x: LEFT, y: 70, size: 18, bold: true },
    { text: title, x: RIGHT, y: 70, size: 14, bold: true, right: true },
    { text: `Date: ${dayOf(invoice.effective_at ?? invoice.created)}`, x: LEFT, y: 100 },
    { text: `Bill to: ${addressee(invoice)}`, x: LEFT, y: 118 },
    { text: `Status: ${statusOf(invoice)}`, x: LEFT, y: 136 },
  ];
  let y = 180;
  const row = (label: string, amount: string, bold = false): void => {
    prints.push({ text: label, x: LEFT, y, bold }, { text: amount, x: RIGHT, y, bold, right: true });
    y += LINE;
  };
  for (const line of invoice.lines.data) row(line.description ?? "Torqueflow", pounds(line.amount));
  y += LINE;
  for (const { label, pence, strong } of rowsOf(invoice)) row(label, pounds(pence), strong);
  return pdf(title, prints);
}
