import { clockAheadMs, machineClock } from "@/lib/shared/clock";
import { SESSION_DAYS } from "../auth";
import { type MemberCtx, signedIn } from "../session";
import { selectSessions } from "../store/sessions";
import { type Device, describeDevice } from "./device-words";

export type SessionDto = {
  readonly id: string;
  /** The browser that asks. */
  readonly current: boolean;
  readonly device: Device;
  /** Of its last use: an IPv4 address, or an IPv6 network; null where it is not known. */
  readonly address: string | null;
  readonly signedInAt: string;
  /** Within five minutes. */
  readonly lastUsedAt: string;
};

export type SessionsDto = { readonly sessions: readonly SessionDto[] };

const DAY_MS = 24 * 3_600_000;

/** Sessions live by the machine's time, pages by that of the business. */
const shown = (at: Date): string => new Date(at.getTime() + clockAheadMs()).toISOString();

/** Where the member is signed in, in every garage: this browser first, then the one used last. Nothing that opens a session is told. */
export async function listSessions({ actor }: MemberCtx, headers: Headers): Promise<SessionsDto> {
  const now = machineClock();
  const since = new Date(now.getTime() - SESSION_DAYS * DAY_MS);
  const here = await signedIn(headers);
  const rows = await selectSessions(actor.userId, now, since);
  const sessions = rows.map(({ id, ipAddress, userAgent, createdAt, lastUsedAt }) => ({
    id,
    current: id === here?.sessionId,
    device: describeDevice(userAgent),
    address: ipAddress || null,
    signedInAt: shown(createdAt),
    lastUsedAt: shown(lastUsedAt),
  }));
  return { sessions: sessions.sort((one, other) => Number(other.current) - Number(one.current)) };
}
