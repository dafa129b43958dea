/** The secrets which the application and its providers share. */
export interface Secrets {
  metaAppSecret: string;
  metaAccessToken: string;
  metaVerifyToken: string;
  twilioAccountSid: string;
  twilioAuthToken: string;
  vapiWebhookSecret: string;
  vapiApiKey: string;
  aiApiKey: string;
  stripeSecretKey: string;
  stripeWebhookSecret: string;
}

export interface SandboxOptions {
  /** 0 takes any free port. */
  port: number;
  smtpPort: number;
  /** Where the application is reached, without a slash at the end. */
  appUrl: string;
  /** The address the application believes it has, over which Twilio signs; the same as `appUrl` unless something sits between. */
  publicUrl: string;
  /** The application's database, where its clock is moved, too; null: the sandbox has a time of its own. */
  clockDatabaseUrl: string | null;
  /** Where Stripe's objects are kept from one start to the next; null: nowhere. */
  stateFile: string | null;
  secrets: Secrets;
}

const SECRET_NAMES = {
  metaAppSecret: "META_APP_SECRET",
  metaAccessToken: "META_ACCESS_TOKEN",
  metaVerifyToken: "META_VERIFY_TOKEN",
  twilioAccountSid: "TWILIO_ACCOUNT_SID",
  twilioAuthToken: "TWILIO_AUTH_TOKEN",
  vapiWebhookSecret: "VAPI_WEBHOOK_SECRET",
  vapiApiKey: "VAPI_API_KEY",
  aiApiKey: "AI_API_KEY",
  stripeSecretKey: "STRIPE_SECRET_KEY",
  stripeWebhookSecret: "STRIPE_WEBHOOK_SECRET",
} as const satisfies Record<keyof Secrets, string>;

const DEFAULT_PORT = 4100;
const LAST_PORT = 65_535;

type Environment = Readonly<Record<string, string | undefined>>;

function portFrom(env: Environment, name: string, fallback: number): number {
  const port = env[name] ? Number(env[name]) : fallback;
  if (Number.isInteger(port) && port >= 0 && port <= LAST_PORT) return port;
  throw new Error(`${name}=${env[name]} is not a port number.`);
}

function secretsFrom(env: Environment, given: Partial<Secrets>): Secrets {
  const keys = Object.keys(SECRET_NAMES) as (keyof Secrets)[];
  const missing = keys.filter((key) => !(given[key] ?? env[SECRET_NAMES[key]]));
  if (missing.length > 0)
    throw new Error(`The sandbox needs ${missing.map((key) => SECRET_NAMES[key]).join(", ")}.`);
  return Object.fromEntries(
    keys.map((key) => [key, given[key] ?? env[SECRET_NAMES[key]]]),
  ) as unknown as Secrets;
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, "");

/** What was given, then the environment. Throws one sentence that names what is missing or wrong. */
export function resolveOptions(
  given: Partial<Omit<SandboxOptions, "secrets">> & { secrets?: Partial<Secrets> } = {},
  env: Environment = process.env,
): SandboxOptions {
  const appUrl = withoutSlash(given.appUrl ?? env.APP_URL ?? "http://127.0.0.1:3000");
  return {
    port: given.port ?? portFrom(env, "SANDBOX_PORT", DEFAULT_PORT),
    smtpPort: given.smtpPort ?? portFrom(env, "SANDBOX_SMTP_PORT", 0),
    appUrl,
    publicUrl: withoutSlash(given.publicUrl ?? env.SANDBOX_PUBLIC_URL ?? appUrl),
    clockDatabaseUrl: given.clockDatabaseUrl ?? (env.SANDBOX_CLOCK_DATABASE || null),
    stateFile: given.stateFile ?? (env.SANDBOX_STATE || null),
    secrets: secretsFrom(env, given.secrets ?? {}),
  };
}
