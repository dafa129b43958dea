import { z } from "zod";
import { systemContext } from "@/lib/auth/context";
import { signUp } from "@/lib/auth/sign-up";
import { readJson } from "@/lib/http/read-json";
import { route } from "@/lib/http/route";
import { visibleName } from "@/lib/shared/visible-text";

export const dynamic = "force-dynamic";

/** A name that can be seen: at most 100 characters, cleaned. */
const name = z
  .string()
  .transform((text) => visibleName(text) ?? "")
  .pipe(z.string().min(1).max(100));

const shape = z.object({
  name,
  garageName: name,
  email: z.email().max(200),
  password: z.string().min(10).max(128),
});

/** A new user with a trial garage. The browser signs in afterwards. */
export const POST = route("sign-up", async (request, { log }) => {
  await signUp(systemContext("sign-up", { log }), await readJson(request, shape), request.headers);
  return new Response(null, { status: 201 });
});
