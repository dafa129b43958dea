type Fields = Readonly<Record<string, unknown>>;

const MAX_DEPTH = 6;

/**
 * An error and what lies behind it, outermost first: its cause, what Prisma's adapter met, what the sign-in library caught.
 * By their fields: each bundle of the built application may have its own copy of a package's classes.
 */
function chainOf(error: unknown): Fields[] {
  const chain: Fields[] = [];
  for (let next = error; isObject(next) && chain.length < MAX_DEPTH; ) {
    chain.push(next);
    next = next.cause ?? fieldOf(next.body, "cause") ?? fieldOf(next.meta, "driverAdapterError");
  }
  return chain;
}

const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const fieldOf = (value: unknown, name: string): unknown => (isObject(value) ? value[name] : undefined);

/** The SQLSTATE of what PostgreSQL answered. */
function sqlState({ code, severity }: Fields): string | undefined {
  return typeof severity === "string" && typeof code === "string" ? code : undefined;
}

const isDatabaseAnswer = (error: unknown, states: RegExp): boolean =>
  chainOf(error).some((link) => states.test(sqlState(link) ?? ""));

/** True where PostgreSQL itself said that the statement failed: it is there, and nothing of the statement was done. */
export const wasAnswered = (error: unknown): boolean => isDatabaseAnswer(error, /./);

/** True where the statement's own values were refused: another batch without them may pass. */
export function isRefusedInput(error: unknown): boolean {
  return isDatabaseAnswer(error, /^2[23]/);
}

/** True where another transaction held a lock for longer than the statement was to wait; nothing of the statement was done. */
export const isLockTimeout = (error: unknown): boolean => isDatabaseAnswer(error, /^55P03$/);

/** True where a row with the same value of this unique index was there already. */
export function isTaken(error: unknown, index: string): boolean {
  return chainOf(error).some((link) => sqlState(link) === "23505" && link.constraint === index);
}

const TRY_AGAIN = /^(08|40|53|55P03|57)/;
const SERVER_AWAY = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|P1\d{3}$)/;
const ADAPTER_KINDS = [
  "DatabaseNotReachable",
  "ConnectionClosed",
  "SocketTimeout",
  "TooManyConnections",
  "TransactionWriteConflict",
];
/** pg's own errors, which have nothing but their words (pg 8.23, pg-pool 3). */
const WORDS = [
  "Query read timeout",
  "timeout exceeded when trying to connect",
  "Connection terminated",
  "Connection terminated unexpectedly",
  "Connection terminated due to connection timeout",
  "Client has encountered a connection error and is not queryable",
];

/** True where trying again later may help: the server is away or does not answer, or another transaction was in the way. */
export function isTransient(error: unknown): boolean {
  return chainOf(error).some((link) => {
    const state = sqlState(link);
    if (state !== undefined) return TRY_AGAIN.test(state);
    const { code, kind, message } = link;
    return (
      (typeof code === "string" && SERVER_AWAY.test(code)) ||
      ADAPTER_KINDS.some((known) => known === kind) ||
      WORDS.some((known) => known === message)
    );
  });
}
