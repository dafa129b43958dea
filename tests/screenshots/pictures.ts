export type Picture = {
  readonly name: string;
  readonly email: string | null;
  readonly path: string;
  readonly width: 360 | 1_280;
  readonly scheme: "light" | "dark";
  /** What is pressed before the picture is taken. */
  readonly open?: string;
};

type View = Omit<Picture, "width" | "scheme">;
type Look = Pick<Picture, "width" | "scheme">;

const DESKTOP = { width: 1_280, scheme: "light" } as const;
const DESKTOP_DARK = { width: 1_280, scheme: "dark" } as const;
const PHONE = { width: 360, scheme: "light" } as const;
const PHONE_DARK = { width: 360, scheme: "dark" } as const;

const billing = (slug: string): View => ({
  name: `billing-${slug}`,
  email: `owner@${slug}.test`,
  path: "/settings/billing",
});
const VIEW_ONLY: View = {
  ...billing("brightside"),
  name: "billing-manager",
  email: "manager@brightside.test",
};
const SIGN_IN: View = { name: "sign-in", email: null, path: "/sign-in" };
const MESSAGES: View = { name: "messages", email: "advisor@ironbridge.test", path: "/messages" };
const THREAD: View = { ...MESSAGES, name: "conversation", open: 'nav[aria-label="Conversations"] a' };
const CALLS: View = { name: "calls", email: "owner@ironbridge.test", path: "/voice" };
/** What everyone else is told of an unpaid subscription. */
const OVERDUE: View = { ...CALLS, name: "overdue", email: "advisor@millbrook.test" };
const DIAGNOSTICS: View = { name: "diagnostics", email: "technician@brightside.test", path: "/diagnostics" };

const home = (slug: string, role = "owner"): View => ({
  name: `home-${slug}${role === "owner" ? "" : `-${role}`}`,
  email: `${role}@${slug}.test`,
  path: "/",
});
/** Settings of Brightside's owner. */
const settings = (page: string): View => ({
  ...{ name: `settings-${page}`, email: "owner@brightside.test", path: `/settings/${page}` },
});

const views: readonly (readonly [View, ...Look[]])[] = [
  [SIGN_IN, DESKTOP, PHONE_DARK],
  [home("brightside"), DESKTOP, DESKTOP_DARK, PHONE],
  [home("quayside"), DESKTOP, PHONE_DARK],
  [home("ironbridge", "advisor"), DESKTOP],
  [settings("garage"), DESKTOP, PHONE],
  [settings("persona"), DESKTOP, PHONE],
  [settings("notifications"), DESKTOP, PHONE_DARK],
  [settings("audit"), DESKTOP, PHONE],
  [billing("brightside"), DESKTOP, DESKTOP_DARK, PHONE, PHONE_DARK],
  [VIEW_ONLY, DESKTOP],
  [billing("oldmill"), DESKTOP, PHONE],
  [billing("lowfell"), DESKTOP],
  [billing("ironbridge"), DESKTOP, DESKTOP_DARK],
  [billing("quayside"), DESKTOP, DESKTOP_DARK, PHONE],
  [billing("harbour"), DESKTOP],
  [billing("showroom"), DESKTOP],
  [billing("coldstart"), DESKTOP],
  [billing("millbrook"), DESKTOP, PHONE],
  [billing("harrow"), DESKTOP, PHONE_DARK],
  [OVERDUE, DESKTOP, PHONE],
  [MESSAGES, PHONE],
  [THREAD, DESKTOP, DESKTOP_DARK, PHONE],
  [CALLS, DESKTOP, DESKTOP_DARK, PHONE],
  [DIAGNOSTICS, DESKTOP, PHONE],
];

const allOf = (given: readonly (readonly [View, ...Look[]])[]): readonly Picture[] =>
  given.flatMap(([view, ...looks]) => looks.map((look) => ({ ...view, ...look })));

/** A representative set: every state once, the most seen ones in every form. */
export const PICTURES = allOf(views);

/** A charge of auto top-up that was refused. */
export const TOP_UP_FAILED = allOf([
  [{ ...billing("lowfell"), name: "billing-top-up-failed" }, DESKTOP, PHONE_DARK],
]);
