import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";

/** What the library lacks to begin a session without a password of its own. None of it is served over HTTP. */
export const sessionDoor = {
  id: "session-door",
  endpoints: {
    /** A new session of a user, whose cookie is in the headers of the answer. */
    beginSession: createAuthEndpoint.serverOnly(
      { method: "POST", body: z.object({ userId: z.string() }) },
      async (ctx) => {
        const { internalAdapter } = ctx.context;
        const user = await internalAdapter.findUserById(ctx.body.userId);
        if (!user) throw new Error("there is no such user");
        await setSessionCookie(ctx, { session: await internalAdapter.createSession(user.id), user });
        return ctx.json({});
      },
    ),
    /** The cookie of a session that is there, in the headers of the answer. */
    handOutSession: createAuthEndpoint.serverOnly(
      { method: "POST", body: z.object({ token: z.string() }) },
      async (ctx) => {
        const found = await ctx.context.internalAdapter.findSession(ctx.body.token);
        if (!found) throw new Error("there is no such session");
        await setSessionCookie(ctx, found);
        return ctx.json({});
      },
    ),
    /** Whose address and password these are; null where they do not belong together. Takes as long in either case. */
    checkPassword: createAuthEndpoint.serverOnly(
      { method: "POST", body: z.object({ email: z.string(), password: z.string() }) },
      async (ctx) => {
        const { internalAdapter, password: passwords } = ctx.context;
        const { email, password } = ctx.body;
        const found = await internalAdapter.findUserByEmail(email.toLowerCase(), { includeAccounts: true });
        const hash = found?.accounts.find(({ providerId }) => providerId === "credential")?.password;
        if (!found || !hash) {
          await passwords.hash(password);
          return ctx.json({ userId: null });
        }
        const isRight = await passwords.verify({ hash, password });
        return ctx.json({ userId: isRight ? found.user.id : null });
      },
    ),
  },
};
