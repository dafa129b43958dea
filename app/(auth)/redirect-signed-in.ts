import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { memberContext } from "@/lib/auth/session";
import { isAppError } from "@/lib/shared/errors";

/** Whoever is signed in has nothing to do here. */
export async function redirectSignedIn(): Promise<void> {
  const signedIn = await memberContext(await headers()).then(
    () => true,
    (error: unknown) => {
      if (isAppError(error)) return false;
      throw error;
    },
  );
  if (signedIn) redirect("/");
}
