import { createTransport } from "nodemailer";
import { env } from "@/lib/shared/env";
import { within } from "@/lib/shared/within";

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
/** For the whole exchange, however slowly the server answers. */
const BUDGET_MS = 40_000;

export type Outgoing = {
  /** The same at each attempt, so that a server can recognise a mail that it has already. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly date: Date;
};

/** `refused`: the server will never take this mail. `failed`: it did not take it now, or nobody heard that it did. */
export type Delivery =
  | { readonly kind: "sent" }
  | { readonly kind: "refused" | "failed"; readonly reason: string };

/** Hands a mail to the server of SMTP_URL. Never throws; the reason is a code, and quotes nothing. */
export async function deliver(mail: Outgoing): Promise<Delivery> {
  const { SMTP_URL, EMAIL_FROM, SUPPORT_EMAIL } = env();
  const transport = createTransport({
    url: SMTP_URL,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { id, to, subject, html, text, date } = mail;
  const outcome = await within(BUDGET_MS, () =>
    transport.sendMail({
      from: EMAIL_FROM,
      // As an object: an address that stands alone is never read as a list of them.
      to: { name: "", address: to },
      replyTo: SUPPORT_EMAIL,
      subject,
      html,
      text,
      date,
      messageId: `<${id}@${domainOf(EMAIL_FROM)}>`,
      headers: { "Auto-Submitted": "auto-generated" },
    }),
  );
  transport.close();
  return outcome.kind === "done" ? { kind: "sent" } : whyNot(outcome.error);
}

const domainOf = (from: string): string => /@([^\s>]+)>?$/.exec(from)?.[1] ?? "torqueflow";

/** nodemailer tells apart, in its errors' fields, what was asked when and how the server answered (RFC 5321, 4.2.1). */
function whyNot(error: Error): Delivery {
  const answer = Number(Reflect.get(error, "responseCode") ?? 0);
  const asked = String(Reflect.get(error, "command") ?? "");
  const isAboutThisMail = asked === "RCPT TO" || asked === "DATA";
  const code = String(Reflect.get(error, "code") ?? "late");
  const reason = answer > 0 ? `smtp-${answer}` : code;
  return { kind: isAboutThisMail && answer >= 500 ? "refused" : "failed", reason };
}
