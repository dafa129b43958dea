import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { memberContext } from "@/lib/auth/session";
import { isAppError } from "@/lib/shared/errors";

/** Sends members who are signed in already to their start page. */
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
