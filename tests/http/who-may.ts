import { ROLES, type Role } from "@/lib/auth/permissions";
import { newId } from "@/lib/shared/ids";

// Who may do what over HTTP: every address of the API, every server action and every page. What is missing here fails
// permissions.test.ts.

const OFFICE = ["owner", "manager"] as const;
const DESK = ["owner", "manager", "advisor"] as const;
const OWNER = ["owner"] as const;
const WORKSHOP = ["owner", "manager", "technician"] as const;

export type May = readonly Role[];

/** Every address that answers GET: who may read it; `public`: anybody, without a session. */
export const READS: Readonly<Record<string, May | "public">> = {
  /** Asked about the session itself, whatever garage the page shows: see doors.test.ts. */
  access: "public",
  "billing/invoices": OFFICE,
  "billing/invoices/[id]/page": OFFICE,
  "billing/invoices/[id]/pdf": OFFICE,
  "billing/packs": OFFICE,
  "billing/plan": OFFICE,
  "billing/standing": ROLES,
  "billing/subscription": OFFICE,
  "credits/balance": OFFICE,
  "credits/notices": OFFICE,
  "credits/purchases": OFFICE,
  "credits/top-up": OFFICE,
  "credits/top-up/activity": OFFICE,
  "credits/trend": OFFICE,
  "credits/usage": OFFICE,
  diagnostics: WORKSHOP,
  events: ROLES,
  "first-run": OFFICE,
  health: "public",
  "messages/canned-responses": DESK,
  "messages/conversations": DESK,
  "messages/conversations/[id]": DESK,
  "messages/conversations/[id]/customer": DESK,
  "messages/counts": DESK,
  "messages/media/[id]": DESK,
  "messages/members": DESK,
  "messages/templates": DESK,
  "messages/waiting": DESK,
  metrics: "public",
  ready: "public",
  "settings/account": ROLES,
  "settings/account/sessions": ROLES,
  "settings/audit": OWNER,
  "settings/channels": OFFICE,
  "settings/garage": OFFICE,
  "settings/notifications": DESK,
  "settings/persona": OFFICE,
  "settings/persona/test-call": OFFICE,
  "settings/team": OFFICE,
  "voice/answering": DESK,
  "voice/call-backs": DESK,
  "voice/calls": DESK,
  "voice/calls/[id]": DESK,
  "voice/live": DESK,
  "voice/members": DESK,
  "voice/summary": DESK,
  "voice/waiting": DESK,
  /** Meta's handshake: its own token guards it. */
  "webhooks/whatsapp": "public",
};

/** What a request's body is made of: another garage's line. */
export type Given = { readonly theirLine: string };

/** A change, with a body that is right. What is named in it, or in the address, is not there, or is another garage's. */
export type Write = {
  readonly may: May;
  readonly method?: "POST" | "PUT";
  readonly body?: object | ((given: Given) => object);
  readonly file?: true;
  /** What whoever may is answered. Where it is not given: 404 for what is named in the address, else success. */
  readonly answer?: number | Partial<Record<Role, number>>;
};

const KEY = { key: "key-of-a-browser" };
const canned = () => ({ shortcut: newId().slice(-12), body: "Hello" });
const SOON = new Date(Date.now() + 3_600_000).toISOString();
/** A version that nobody has read: what would be saved is refused behind the permission. */
const STALE = { version: -1 };
const GARAGE = { name: "Garage", phone: "", portalUrl: "", week: null, closures: [], services: [] };
const PERSONA = {
  ...{ assistantName: "Ava", greeting: "Hello.", instructions: "Be brief.", mayBook: true, mayLookUp: true },
  ...{ voice: "current", transcriber: "current", language: "en-GB" },
};
const theirLine = ({ theirLine: identity }: Given) => ({ channel: "sms", identity, to: "+447700900123" });

/** Everybody's own account, whose verbs ask for the password or a code: refused for what was sent, never for the role. */
const OWN = { may: ROLES, body: {}, answer: 400 } as const;

/** Every address of a member that changes something. */
export const WRITES: Readonly<Record<string, Write>> = {
  "credits/top-up": { may: OWNER, method: "PUT", body: { enabled: false } },
  diagnostics: { may: WORKSHOP, body: { ...KEY, question: "Why does it smoke?" } },
  "first-run/dismiss": { may: OFFICE },
  "messages/canned-responses": { may: DESK, body: canned },
  "messages/canned-responses/[id]": { may: DESK, method: "PUT", body: canned },
  "messages/canned-responses/[id]/remove": { may: DESK },
  "messages/conversations": { may: DESK, body: { channel: "sms", phone: "+447700900999" } },
  "messages/conversations/[id]/assign": { may: DESK, body: { userId: null } },
  "messages/conversations/[id]/done": { may: DESK, body: {} },
  "messages/conversations/[id]/hand-back": { may: DESK },
  "messages/conversations/[id]/media": { may: DESK, file: true },
  "messages/conversations/[id]/notes": { may: DESK, body: { ...KEY, body: "Hello" } },
  "messages/conversations/[id]/read": { may: DESK, body: { to: SOON } },
  "messages/conversations/[id]/reopen": { may: DESK },
  "messages/conversations/[id]/reply": { may: DESK, body: { ...KEY, body: "Hello" } },
  "messages/conversations/[id]/snooze": { may: DESK, body: { until: SOON } },
  "messages/conversations/[id]/take-over": { may: DESK },
  "messages/conversations/[id]/template": {
    may: DESK,
    body: { ...KEY, templateId: newId(), variables: {} },
  },
  "messages/conversations/[id]/typing": { may: DESK },
  "messages/media/[id]/fetch": { may: DESK },
  "messages/templates/refresh": { may: DESK, body: {} },
  "settings/account/email": OWN,
  "settings/account/email/cancel": { may: ROLES },
  "settings/account/email/resend": { may: ROLES, answer: 409 },
  "settings/account/name": OWN,
  "settings/account/password": OWN,
  "settings/account/second-factor/confirm": OWN,
  "settings/account/second-factor/recovery-codes": OWN,
  "settings/account/second-factor/set-up": OWN,
  "settings/account/second-factor/switch-off": OWN,
  "settings/account/sessions/[id]/end": { may: ROLES },
  "settings/account/sessions/end-others": { may: ROLES },
  "settings/channels/check": { may: OFFICE, body: theirLine, answer: 404 },
  "settings/channels/connect": { may: OFFICE, body: theirLine, answer: 404 },
  "settings/channels/disconnect": { may: OFFICE, body: theirLine, answer: 404 },
  "settings/channels/test": { may: OFFICE, body: theirLine, answer: 404 },
  "settings/garage": { may: OFFICE, method: "PUT", body: { ...GARAGE, ...STALE }, answer: 409 },
  "settings/notifications": {
    ...{ may: OWNER, method: "PUT", body: { letter: "credits-expiring", wanted: true } },
  },
  "settings/persona": { may: OFFICE, method: "PUT", body: { ...PERSONA, ...STALE }, answer: 409 },
  "settings/persona/test-call": { may: OFFICE, body: { id: newId(), number: "" }, answer: 400 },
  "settings/team/invitations": {
    may: OFFICE,
    body: () => ({ email: `${newId()}@example.test`, role: "advisor" }),
  },
  "settings/team/invitations/[id]/resend": { may: OFFICE },
  "settings/team/invitations/[id]/revoke": { may: OFFICE },
  "settings/team/members/[id]/hand-over": { may: OFFICE },
  "settings/team/members/[id]/remove": { may: OFFICE },
  "settings/team/members/[id]/role": { may: OFFICE, method: "PUT", body: { role: "technician" } },
  "voice/call-backs/[id]": { may: DESK, body: { done: true } },
  "voice/call-backs/[id]/assign": { may: DESK, body: { userId: null } },
  "voice/call-backs/[id]/attempts": { may: DESK, body: { key: newId(), outcome: "no-answer" } },
  "voice/call-backs/[id]/attempts/[attempt]/undo": { may: DESK },
  // Last, as the others are no members afterwards. A garage keeps its owner.
  "settings/team/leave": { may: ROLES, answer: { owner: 409 } },
};

const TOKEN = { token: "no-such-token" };
const PASSWORD = { password: "walrus-tandem-inkwell" };

/** Every address without a garage that is posted to: what a browser that is signed in nowhere is answered. */
export const FRONT: Readonly<Record<string, { readonly body?: object; readonly answer: number }>> = {
  "auth/organization/set-active": { body: { organizationId: newId() }, answer: 401 },
  "auth/sign-in/code": { body: { code: "000000" }, answer: 401 },
  "auth/sign-in/email": { body: { email: "nobody@example.test", password: "wrong" }, answer: 401 },
  "auth/sign-out": { answer: 200 },
  "confirm-email": { body: TOKEN, answer: 410 },
  "forgot-password": { body: { email: "nobody@example.test" }, answer: 202 },
  garages: { body: { garageName: "Garage" }, answer: 401 },
  "invitations/[id]/send": { answer: 401 },
  "invitations/accept": { body: TOKEN, answer: 401 },
  "invitations/join": { body: { ...TOKEN, ...PASSWORD, name: "Jo" }, answer: 410 },
  "invitations/look": { body: TOKEN, answer: 200 },
  "links/[kind]": { body: TOKEN, answer: 404 },
  "reset-password": { body: { ...TOKEN, ...PASSWORD }, answer: 410 },
  "sign-up": { body: {}, answer: 400 },
  "sign-up/again": { body: TOKEN, answer: 410 },
  "sign-up/confirm": { body: TOKEN, answer: 410 },
  // Their provider's signature is missing.
  "webhooks/sms": { answer: 401 },
  "webhooks/sms/status": { answer: 401 },
  "webhooks/stripe": { answer: 401 },
  "webhooks/voice": { answer: 401 },
  "webhooks/whatsapp": { answer: 401 },
};

type Action = { readonly may: May; readonly input: unknown; readonly refused: string | null };

/** How React writes `undefined` into a request. */
const NOTHING = "$undefined";

/** Every server action: who may call it, and the code with which what is asked for is refused then. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  startCheckout: {
    may: OWNER,
    input: { packId: newId(), credits: 1_000, pricePence: 1_000 },
    refused: "not_found",
  },
  confirmReturn: { may: OWNER, input: "cs_of_nobody", refused: "not_found" },
  // The garage has a subscription already.
  startSubscription: { may: OFFICE, input: { bays: 2, interval: "month" }, refused: "conflict" },
  confirmPlan: { may: OFFICE, input: "cs_of_nobody", refused: "not_found" },
  openSubscriptionPortal: { may: OFFICE, input: NOTHING, refused: "not_found" },
  readSubscriptionAgain: { may: OFFICE, input: NOTHING, refused: null },
};

/** Every page of the workspace: who may open it. To all others it says so, but for the start page: technicians have another. */
export const PAGES: Readonly<Record<string, { readonly may: May; readonly elsewhere?: string }>> = {
  "": { may: DESK, elsewhere: "/diagnostics" },
  diagnostics: { may: WORKSHOP },
  "messages/[[...id]]": { may: DESK },
  settings: { may: ROLES },
  "settings/account": { may: ROLES },
  "settings/audit": { may: OWNER },
  "settings/billing": { may: OFFICE },
  "settings/billing/confirm-top-up/[token]": { may: OWNER },
  "settings/channels": { may: OFFICE },
  "settings/garage": { may: OFFICE },
  "settings/notifications": { may: DESK },
  "settings/persona": { may: OFFICE },
  "settings/team": { may: OFFICE },
  voice: { may: DESK },
};
