/** The front door's own header: it takes away what a caller sent under this name. */
export const CLIENT_ADDRESS_HEADER = "x-client-address";

/** Who limits are counted for where nobody is signed in: an IPv4 address, or an IPv6 network of 64 bits. */
export const clientAddress = (headers: Headers): string => headers.get(CLIENT_ADDRESS_HEADER) ?? "unknown";
