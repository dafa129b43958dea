import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { addressOf } from "./client-address";

const PRIVATE = ["loopback", "linklocal", "uniquelocal"];

const from = (
  peer: string,
  headers: Record<string, string> = {},
  header = "x-forwarded-for",
  trusted = PRIVATE,
) =>
  addressOf({ socket: { remoteAddress: peer }, headers } as unknown as IncomingMessage, { trusted, header });

const forwarded = (list: string) => ({ "x-forwarded-for": list });

describe("whose request it is", () => {
  test.each([
    ["a caller without a proxy", "198.51.100.7", "", "198.51.100.7"],
    ["who writes a header of their own", "198.51.100.7", "192.0.2.1", "198.51.100.7"],
    ["one proxy that appends", "10.0.0.5", "192.0.2.41", "192.0.2.41"],
    ["and a caller who wrote before it", "10.0.0.5", "203.0.113.9, 192.0.2.41", "192.0.2.41"],
    ["two proxies", "10.0.0.5", "203.0.113.9, 192.0.2.41, 10.1.1.9", "192.0.2.41"],
    ["a proxy that says nonsense", "10.0.0.5", "nonsense", "10.0.0.5"],
    ["IPv4 written as IPv6", "::ffff:198.51.100.7", "", "198.51.100.7"],
    ["IPv6: the network that a customer has", "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"],
  ])("%s", (_, peer, list, address) => {
    expect(from(peer, forwarded(list))).toBe(address);
  });

  test("a proxy's own header, from a proxy alone", () => {
    const headers = { "cf-connecting-ip": "192.0.2.41" };
    expect(from("10.0.0.5", headers, "CF-Connecting-IP")).toBe("192.0.2.41");
    expect(from("198.51.100.7", headers, "CF-Connecting-IP")).toBe("198.51.100.7");
    expect(from("198.51.100.7", headers, "CF-Connecting-IP", ["198.51.100.0/24"])).toBe("192.0.2.41");
  });
});
