/** What a connection says when it never came about. */
const CODES = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);
const BEFORE_SENDING = new Set(["connect", "getaddrinfo"]);
const MAX_CAUSES = 5;

/**
 * Whether a failed request certainly never reached the other side, so that making it again cannot do it twice. False
 * for time-outs and broken connections: the request may have been taken.
 */
export function neverReached(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > MAX_CAUSES) return false;
  if (CODES.has(String(Reflect.get(error, "code")))) return true;
  if (BEFORE_SENDING.has(String(Reflect.get(error, "syscall")))) return true;
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.every((one) => neverReached(one, depth + 1));
  }
  return neverReached(error.cause, depth + 1);
}
