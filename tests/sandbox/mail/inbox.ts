import { randomUUID } from "node:crypto";
import PostalMime, { type Address, type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import type { Sandbox } from "../core/context";

export interface Mail {
  id: string;
  receivedAt: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string | null;
  headers: Record<string, string>;
}

const KEPT = 500;
/** How long an idle connection may hold up the end. */
const CLOSE_TIMEOUT_MS = 500;

const addressOf = (address: Address | undefined): string => {
  if (!address?.address) return "";
  return address.name ? `${address.name} <${address.address}>` : address.address;
};

const toMail = (email: Email, recipients: readonly string[], receivedAt: Date): Mail => ({
  id: randomUUID(),
  receivedAt: receivedAt.toISOString(),
  from: addressOf(email.from),
  to: [...recipients],
  subject: email.subject ?? "",
  text: email.text ?? "",
  html: email.html ?? null,
  headers: Object.fromEntries(email.headers.map(({ key, value }) => [key, value])),
});

const answering = (responseCode: number, words: string): Error =>
  Object.assign(new Error(words), { responseCode });

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function createServer(take: (raw: Buffer, recipients: readonly string[]) => Promise<void>): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    closeTimeout: CLOSE_TIMEOUT_MS,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    onAuth: (_auth, _session, done) => done(null, { user: "sandbox" }),
    onData: (stream, session, done) => {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      readAll(stream)
        .then((raw) => take(raw, recipients))
        .then(() => done(), done);
    },
  });
  // A client that goes away in the middle is no trouble of ours.
  server.on("error", () => {});
  return server;
}

/** An SMTP server which takes everything and keeps it to be read, the newest first. */
export function createInbox({ clock, events, log, behaviours }: Sandbox) {
  let mails: Mail[] = [];

  async function take(raw: Buffer, recipients: readonly string[]): Promise<void> {
    const mail = toMail(await PostalMime.parse(raw), recipients, clock.now());
    const { from, to, subject, text } = mail;
    const open = log.open({
      direction: "in",
      provider: "smtp",
      method: "DATA",
      path: to.join(", "),
      type: "message",
      headers: {},
      body: { from, to, subject, text },
    });
    const occasion = { provider: "smtp", on: "message", labels: { to: to[0] ?? "", subject } } as const;
    const latency = behaviours.take(occasion, ["latency"]);
    if (latency) await new Promise((resolve) => setTimeout(resolve, latency.ms));
    const error = behaviours.take(occasion, ["error"]);
    const isLost = behaviours.take(occasion, ["lost-answer"]) !== undefined;
    open.close({ status: error?.code ?? (isLost ? 451 : 250), reply: error?.details ?? null });
    if (error) throw answering(error.code, error.details ?? "The sandbox refuses this mail");
    mails = [mail, ...mails].slice(0, KEPT);
    events.publish({ type: "mail", data: { count: mails.length } });
    if (isLost) throw answering(451, "The sandbox has kept this mail, and does not say so");
  }

  const server = createServer(take);

  const listen = (port: number): Promise<string> =>
    new Promise((resolve, reject) => {
      server.server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        const address = server.server.address();
        const taken = typeof address === "object" && address !== null ? address.port : port;
        resolve(`smtp://127.0.0.1:${taken}`);
      });
    });
  const clear = (): void => {
    mails = [];
    events.publish({ type: "mail", data: { count: 0 } });
  };
  const stop = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return { listen, stop, clear, list: (): readonly Mail[] => mails };
}

export type Inbox = ReturnType<typeof createInbox>;
