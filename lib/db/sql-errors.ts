import { DatabaseError } from "pg";

/** True where the statement's own values were refused: another batch without them may pass. */
export function isRefusedInput(error: unknown): boolean {
  return error instanceof DatabaseError && /^2[23]/.test(error.code ?? "");
}

const SERVER_AWAY = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|P1\d{3}$)/;

/** True where trying again later may help: the server is away, or another transaction was in the way. */
export function isTransient(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  if (typeof code !== "string") return false;
  return error instanceof DatabaseError ? /^(08|40|53|55P03|57)/.test(code) : SERVER_AWAY.test(code);
}
