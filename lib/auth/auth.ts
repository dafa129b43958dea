import { betterAuth } from "better-auth";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { organization } from "better-auth/plugins";
import { systemClock } from "@/lib/shared/clock";
import { env } from "@/lib/shared/env";
import { newId } from "@/lib/shared/ids";
import { processWide } from "@/lib/shared/process-wide";
import { accessControl, roles } from "./access-control";
import { authDatabase } from "./store/adapter";
import { countAttempt } from "./store/attempts";
import { findMembership } from "./store/members";

const HOUR_SECONDS = 3_600;

/** Guesses at one account, from however many addresses. */
const ACCOUNT_WINDOW_MS = 15 * 60_000;
const ACCOUNT_ATTEMPTS = 20;

const limitPerAccount = createAuthMiddleware(async (request) => {
  const email: unknown = request.path === "/sign-in/email" ? request.body?.email : undefined;
  if (typeof email !== "string") return;
  if ((await countAttempt(email, systemClock(), ACCOUNT_WINDOW_MS)) > ACCOUNT_ATTEMPTS) {
    throw new APIError("TOO_MANY_REQUESTS", { message: "Too many attempts. Please wait a few minutes." });
  }
});

function createAuth() {
  const settings = env();
  return betterAuth({
    appName: "Torqueflow",
    baseURL: settings.APP_URL,
    secret: settings.AUTH_SECRET,
    database: authDatabase(),
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, minPasswordLength: 10, maxPasswordLength: 128 },
    session: { expiresIn: 14 * 24 * HOUR_SECONDS, updateAge: 24 * HOUR_SECONDS },
    user: { additionalFields: { platformRole: { type: "string", required: false, input: false } } },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => ({
            data: {
              ...session,
              activeOrganizationId: (await findMembership(session.userId, null))?.organizationId ?? null,
            },
          }),
        },
      },
    },
    hooks: { before: limitPerAccount },
    rateLimit: {
      enabled: settings.NODE_ENV === "production",
      storage: "database",
      window: 60,
      max: 100,
      customRules: {
        "/sign-in/email": { window: 60, max: 10 },
        "/sign-up/email": { window: 3_600, max: 10 },
      },
    },
    advanced: {
      database: { generateId: () => newId() },
      useSecureCookies: settings.APP_URL.startsWith("https://"),
      // Only a header that the front proxy always sets may name the caller; see docs/operations.md.
      ipAddress: { ipAddressHeaders: [settings.CLIENT_IP_HEADER] },
    },
    plugins: [
      organization({ ac: accessControl, roles, creatorRole: "owner", allowUserToCreateOrganization: false }),
    ],
  });
}

/** Sign-in, sessions and organisations, by better-auth. */
export function auth(): ReturnType<typeof createAuth> {
  return processWide("auth", createAuth);
}
