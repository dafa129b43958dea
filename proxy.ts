import { type NextRequest, NextResponse } from "next/server";
import { contentSecurityPolicy } from "@/lib/http/csp";
import { ASKED_PATH_HEADER } from "@/lib/http/own-path";
import { env } from "@/lib/shared/env";

/** Every page gets its own nonce: Next reads it from the request's policy and puts it on its scripts and styles. */
export function proxy(request: NextRequest): NextResponse {
  const { NODE_ENV } = env();
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const policy = contentSecurityPolicy(nonce, NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const { pathname, search } = request.nextUrl;
  headers.set(ASKED_PATH_HEADER, `${pathname}${search}`);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = {
  matcher: [
    {
      source: "/((?!api/|_next/static|_next/image|favicon.ico|icon.svg).*)",
      missing: [{ type: "header", key: "next-router-prefetch" }],
    },
  ],
};
