import { createHmac } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import { systemContext } from "@/lib/auth/context";
import type { Role } from "@/lib/auth/permissions";
import { confirmSetUp } from "@/lib/auth/second-factor/confirm-set-up";
import { beginSetUp } from "@/lib/auth/second-factor/set-up";
import type { MemberCtx } from "@/lib/auth/session";
import { prisma } from "@/lib/db/prisma";
import { newId } from "@/lib/shared/ids";
import { givenBuyer } from "./buyer";
import { givenSession } from "./session";

export const PASSWORD = "kettle-orbit-marmalade";

let hashed: Promise<string> | undefined;

/** A member of a new garage who has a password, signed in in one browser. */
export async function givenAccount(role: Role = "owner") {
  hashed ??= hashPassword(PASSWORD);
  const { orgId, member, email } = await givenBuyer(systemContext("test"), { role });
  const { userId } = member.actor;
  const account = { id: newId(), accountId: userId, providerId: "credential", password: await hashed };
  await prisma().user.update({ where: { id: userId }, data: { accounts: { create: account } } });
  const browser = await givenSession({ userId, activeOrganizationId: orgId });
  return { orgId, ctx: member, email, ...browser, headers: new Headers({ cookie: browser.cookie }) };
}

/**
 * Sets an app up as somebody with a telephone does. Returns its key, the recovery codes, the step that is used up, and the
 * browser's headers from now on.
 */
export async function withSecondFactor(ctx: MemberCtx, headers: Headers) {
  const { key } = await beginSetUp(ctx, PASSWORD);
  const { code, step } = codeOf(key);
  const confirmed = await confirmSetUp(ctx, headers, code);
  const cookie = confirmed.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  return {
    key,
    recoveryCodes: [...confirmed.recoveryCodes],
    usedStep: step,
    headers: new Headers({ cookie }),
  };
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function bytesOf(key: string): Buffer {
  const bits = [...key.replaceAll(" ", "")]
    .map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** The six digits that an app shows (RFC 6238: SHA-1, 30 seconds), `ahead` steps from now. */
export function codeOf(key: string, ahead = 0): { readonly code: string; readonly step: number } {
  const step = Math.floor(Date.now() / 30_000) + ahead;
  return { step, code: codeAt(key, step) };
}

/** The six digits of one step of time. */
export function codeAt(key: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", bytesOf(key)).update(counter).digest();
  const number = digest.readUInt32BE((digest.at(-1) ?? 0) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}
