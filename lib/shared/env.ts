import { existsSync } from "node:fs";
import { isIP } from "node:net";
import { z } from "zod";
import { processWide } from "./process-wide";

/** A demo value is public (it stands in `.env.example`), so it may never guard anything real. */
const DEMO_MARK = "torqueflow-demo";

/** A decimal such as "0.79" as an exact integer of millionths: money never passes through a float. */
const decimalMillionths = z
  .string()
  .regex(/^\d{1,9}(\.\d{1,6})?$/, "a decimal with at most six places, such as 0.79")
  .transform((text) => {
    const [whole = "0", fraction = ""] = text.split(".");
    return BigInt(whole) * 1_000_000n + BigInt(fraction.padEnd(6, "0"));
  });

const secret = z.string().min(16);
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

const label = z.string().min(1).max(60);
const given = z
  .record(z.string(), z.unknown())
  .refine(({ provider }) => typeof provider === "string", "a provider");
const listed = z
  .array(z.object({ label, settings: given }))
  .min(1)
  .max(100);
const language = z.object({ label, code: z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/) });

/** Voices and the like that garages choose from, as JSON. */
const voiceChoices = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue("JSON");
      return z.NEVER;
    }
  })
  .pipe(z.object({ voices: listed, transcribers: listed, languages: z.array(language).min(1) }));

const PROXY_RANGES = ["loopback", "linklocal", "uniquelocal"];

const areProxies = (list: readonly string[]): boolean =>
  list.every((item) => {
    const [address = "", bits = "0"] = item.split("/");
    return PROXY_RANGES.includes(item) || (isIP(address) !== 0 && /^\d{1,3}$/.test(bits));
  });

const schema = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  LOG_LEVEL: z.enum(["silent", "error", "warn", "info", "debug"]).default("info"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DIRECT_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  APP_URL: z.url({ protocol: /^https?$/ }),
  AUTH_SECRET: secret.min(32),
  TORQUEFLOW_DEMO: z
    .enum(["0", "1"])
    .default("0")
    .transform((flag) => flag === "1"),
  VAPI_WEBHOOK_SECRET: secret,
  VAPI_BEARER_TOKEN: optional(secret),
  VAPI_HMAC_SECRET: optional(secret),
  VAPI_API_KEY: secret,
  VAPI_API_BASE: z.url().default("https://api.vapi.ai"),
  VOICE_CHOICES: optional(voiceChoices),
  META_APP_SECRET: secret,
  META_VERIFY_TOKEN: secret,
  META_ACCESS_TOKEN: secret,
  META_API_BASE: z.url().default("https://graph.facebook.com"),
  MEDIA_DIR: z.string().min(1).default(".data/media"),
  MEDIA_MAX_MIB: z.coerce.number().int().min(1).max(100).default(100),
  MEDIA_KEPT_MONTHS: z.coerce.number().int().min(1).max(120).default(18),
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC/, "starts with AC"),
  TWILIO_AUTH_TOKEN: secret,
  TWILIO_AUTH_TOKEN_SECONDARY: optional(secret),
  TWILIO_API_BASE: z.url().default("https://api.twilio.com"),
  STRIPE_SECRET_KEY: secret.regex(/^(sk|rk)_/, "starts with sk_ or rk_"),
  STRIPE_WEBHOOK_SECRET: secret,
  STRIPE_API_BASE: z
    .url({ protocol: /^https?$/ })
    .refine((url) => new URL(url).pathname === "/", "a host without a path: the official SDK takes no more")
    .default("https://api.stripe.com"),
  AI_API_BASE: z.url(),
  AI_API_KEY: secret,
  AI_MODEL: z.string().min(1),
  AI_INPUT_USD_PER_MILLION_TOKENS: decimalMillionths.default(400_000n),
  AI_OUTPUT_USD_PER_MILLION_TOKENS: decimalMillionths.default(1_600_000n),
  CREDIT_RATIO_VOICE: decimalMillionths.default(1_000_000n),
  CREDIT_RATIO_WHATSAPP: decimalMillionths.default(1_000_000n),
  CREDIT_RATIO_SMS: decimalMillionths.default(1_000_000n),
  CREDIT_RATIO_DIAGNOSTICS: decimalMillionths.default(1_000_000n),
  CREDIT_RATE_VERSION: z.string().min(1).max(32).default("2026-11"),
  USD_GBP_RATE: decimalMillionths.default(790_000n),
  CLIENT_IP_HEADER: z
    .string()
    .regex(/^[a-z0-9-]+$/i)
    .default("x-forwarded-for"),
  TRUSTED_PROXIES: z
    .string()
    .default("loopback,linklocal,uniquelocal")
    .transform((list) => list.split(",").flatMap((item) => item.trim() || []))
    .refine(
      areProxies,
      "addresses, ranges such as 10.0.0.0/8, loopback, linklocal or uniquelocal, between commas",
    ),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  EMAIL_FROM: z
    .string()
    .regex(
      /^([^<>"@\p{Cc}]+ )?<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/u,
      "an address, or a name and an address such as Torqueflow <billing@example.com>",
    ),
  SUPPORT_EMAIL: z.email().default("support@torqueflow.test"),
  SUPPORT_URL: optional(z.url()),
  HELP_URL: optional(z.url({ protocol: /^https?$/ })),
  METRICS_TOKEN: optional(secret),
  PORT: optional(z.coerce.number().int().min(1).max(65_535)),
  LISTEN_HOST: optional(z.string()),
  WORKER_LISTEN: optional(
    z
      .string()
      .regex(/^(\[[\da-f:.]+\]|[\w.-]+):\d{1,5}$/i, "an address and a port, such as 127.0.0.1:9464")
      .transform((address) => {
        const { hostname, port } = new URL(`tcp://${address}`);
        return { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) };
      }),
  ),
});

export type Env = z.output<typeof schema>;

/**
 * Reads and checks an environment. Throws one error that names every variable at fault, never its value.
 * Demo values are refused unless TORQUEFLOW_DEMO=1.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const parsed = schema.safeParse(source);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  if (parsed.success && !parsed.data.TORQUEFLOW_DEMO) {
    for (const name of Object.keys(schema.shape)) {
      if (source[name]?.includes(DEMO_MARK))
        problems.push(`${name}: a demo value, refused unless TORQUEFLOW_DEMO=1`);
    }
  }
  if (!parsed.success || problems.length > 0)
    throw new Error(`Invalid environment\n  ${problems.join("\n  ")}`);
  return parsed.data;
}

/**
 * For the first line of a process of its own: reads `.env` where there is one (what the environment sets already stays),
 * takes it for production where nothing else is said, and ends the process where a setting is missing or wrong.
 */
export function requireSettings(): Env {
  if (existsSync(".env")) process.loadEnvFile(".env");
  Object.assign(process.env, { NODE_ENV: process.env.NODE_ENV || "production" });
  return settingsOrEnd();
}

/** A process that cannot read its settings must not look alive: it names them and ends. */
export function settingsOrEnd(): Env {
  try {
    return env();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : "The settings could not be read."}\n`);
    process.exit(1);
  }
}

/** The process's environment, checked on first use. */
export const env = processWide("env", () => parseEnv(process.env));
