import { betterAuth } from "better-auth";
import { organization, twoFactor } from "better-auth/plugins";
import { CLIENT_ADDRESS_HEADER } from "@/lib/http/client-address";
import { env } from "@/lib/shared/env";
import { AppError, describeError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { logger } from "@/lib/shared/logger";
import { processWide } from "@/lib/shared/process-wide";
import { accessControl, roles } from "./access-control";
import { MAX_PASSWORD, MIN_PASSWORD } from "./account-checks";
import { actingIn } from "./memberships";
import { sessionDoor } from "./session-door";
import { authDatabase } from "./store/adapter";
import { listMemberships } from "./store/members";
import { isDemoUser } from "./store/users";

/** A session ends after this long, however often it is used. */
export const SESSION_DAYS = 30;

/** What each new session begins with. Throws forbidden for the demo's accounts where customers are served. */
async function openSession(userId: string): Promise<{ activeOrganizationId: string | null }> {
  if (!env().TORQUEFLOW_DEMO && (await isDemoUser(userId)))
    throw new AppError("forbidden", "The demo’s accounts are not served here.");
  return { activeOrganizationId: actingIn(await listMemberships(userId), null)?.orgId ?? null };
}

/**
 * Passes the library's messages to our log without its text, which may quote input. Mistakes of visitors are no
 * warnings.
 */
function log(level: string, message: string, ...details: unknown[]): void {
  const errors = details.filter((detail) => detail instanceof Error).map(describeError);
  logger()[level === "error" ? "error" : "debug"]({ library: "better-auth", errors }, message);
}

function createAuth() {
  const settings = env();
  return betterAuth({
    appName: "Torqueflow",
    baseURL: settings.APP_URL,
    secret: settings.AUTH_SECRET,
    database: authDatabase(),
    telemetry: { enabled: false },
    logger: { level: "debug", log },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD,
      maxPasswordLength: MAX_PASSWORD,
    },
    session: {
      expiresIn: SESSION_DAYS * 24 * 3_600,
      disableSessionRefresh: true,
      additionalFields: { lastUsedAt: { type: "date", required: false, input: false } },
    },
    user: {
      additionalFields: {
        platformRole: { type: "string", required: false, input: false },
        demo: { type: "boolean", required: false, input: false },
      },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => ({ data: { ...session, ...(await openSession(session.userId)) } }),
        },
      },
    },
    // Only our own verbs call the library, and they apply limits of their own.
    rateLimit: { enabled: false },
    advanced: {
      database: { generateId: () => newId() },
      useSecureCookies: settings.APP_URL.startsWith("https://"),
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
    plugins: [
      organization({
        ac: accessControl,
        roles,
        creatorRole: "owner",
        allowUserToCreateOrganization: false,
        disableOrganizationDeletion: true,
      }),
      // Its table, and its guard: a password alone leaves no session behind. What it asks for is asked by `lib/auth/second-factor`.
      twoFactor(),
      sessionDoor,
    ],
  });
}

/** Sign-in, sessions and organisations, by better-auth. */
export const auth = processWide("auth", createAuth);
