import { auth } from "./auth";

/** Ends the session of a browser: the headers returned take its cookie away. */
export async function signOut(headers: Headers): Promise<Headers> {
  const signedOut = await auth().api.signOut({ headers, returnHeaders: true });
  return signedOut.headers;
}
