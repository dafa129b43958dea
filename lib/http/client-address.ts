import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import proxyaddr from "proxy-addr";

/** The front door's own header: it takes away what a caller sent under this name. */
export const CLIENT_ADDRESS_HEADER = "x-client-address";

export const UNKNOWN_ADDRESS = "unknown";

/** Who limits are counted for where nobody is signed in: an IPv4 address, or an IPv6 network of 64 bits. */
export const clientAddress = (headers: Headers): string =>
  headers.get(CLIENT_ADDRESS_HEADER) ?? UNKNOWN_ADDRESS;

type Proxies = {
  /** Addresses, ranges, or the names "loopback", "linklocal" and "uniquelocal". */
  readonly trusted: readonly string[];
  /** Where they put their caller's address: `x-forwarded-for` is a list that each appends to, any other one address. */
  readonly header: string;
};

/**
 * Whose request it is: the last address on its way that is no proxy of ours. What stands before that in the header was
 * written by the caller.
 */
export function addressOf(request: IncomingMessage, { trusted, header }: Proxies): string {
  const trust = proxyaddr.compile([...trusted]);
  const peer = request.socket.remoteAddress ?? "";
  const named = request.headers[header.toLowerCase()];
  const address =
    header.toLowerCase() === "x-forwarded-for"
      ? proxyaddr(request, trust)
      : trust(peer, 0) && typeof named === "string"
        ? named.trim()
        : peer;
  return networkOf(isIP(address) === 0 ? peer : address);
}

/** An IPv6 customer has a network of 64 bits: one address of it is as good as another. */
function networkOf(address: string): string {
  if (isIP(address) === 0) return UNKNOWN_ADDRESS;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()}/64`;
}
