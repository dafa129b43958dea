/** The SQLSTATE of what PostgreSQL answered. By the error's fields: each bundle may have its own copy of pg's classes. */
function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || typeof Reflect.get(error, "severity") !== "string") return undefined;
  const code: unknown = Reflect.get(error, "code");
  return typeof code === "string" ? code : undefined;
}

/** True where the statement's own values were refused: another batch without them may pass. */
export function isRefusedInput(error: unknown): boolean {
  return /^2[23]/.test(sqlState(error) ?? "");
}

const SERVER_AWAY = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|P1\d{3}$)/;

/** True where trying again later may help: the server is away, or another transaction was in the way. */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return /^(08|40|53|55P03|57)/.test(state);
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" && SERVER_AWAY.test(code);
}
