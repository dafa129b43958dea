import { z } from "zod";
import { systemContext } from "@/lib/auth/context";
import { signUp } from "@/lib/auth/sign-up";
import { readJson } from "@/lib/http/read-json";
import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

const shape = z.object({
  name: z.string().trim().min(1).max(100),
  garageName: z.string().trim().min(1).max(100),
  email: z.email().max(200),
  password: z.string().min(10).max(128),
});

/** A new user with a trial garage. The browser signs in afterwards. */
export const POST = route("sign-up", async (request, { log }) => {
  await signUp(systemContext("sign-up", { log }), await readJson(request, shape), request.headers);
  return new Response(null, { status: 201 });
});
