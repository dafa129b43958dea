import { prisma } from "@/lib/db/prisma";
import { givenSession } from "../factories/session";
import { request, sharedApp } from "./app";
import { sessionCookie } from "./session-cookie";

export type SignedIn = {
  readonly cookie: string;
  readonly get: (path: string) => Promise<Response>;
  readonly post: (path: string, body?: unknown) => Promise<Response>;
};

/** Signs a demo account in over HTTP, e.g. "owner@brightside.test". */
export async function signIn(email: string, password = "torqueflow-demo"): Promise<SignedIn> {
  return actingBy(
    await sessionCookie(sharedApp().url, email, { password, address: addressOf(email) }),
    email,
  );
}

/** The same without asking for the password, whose hash is made to take its time. */
export async function withSession(email: string): Promise<SignedIn> {
  const { id, members } = await prisma().user.findUniqueOrThrow({
    where: { email },
    select: { id: true, members: { orderBy: { createdAt: "asc" }, take: 1 } },
  });
  const activeOrganizationId = members[0]?.organizationId;
  const { cookie } = await givenSession({
    userId: id,
    ...(activeOrganizationId === undefined ? {} : { activeOrganizationId }),
  });
  return actingBy(cookie, email);
}

function actingBy(cookie: string, email: string): SignedIn {
  const origin = sharedApp().url;
  const json = { "content-type": "application/json", origin, "x-forwarded-for": addressOf(email) };
  return {
    cookie,
    get: (path) => request(path, { headers: { cookie } }),
    post: (path, body) =>
      request(path, {
        method: "POST",
        headers: { ...json, cookie },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

/** Each account from an address of its own: sign-in is rate limited by address. */
function addressOf(email: string): string {
  const sum = [...email].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 65_536, 7);
  return `10.20.${sum >> 8}.${sum & 255}`;
}
