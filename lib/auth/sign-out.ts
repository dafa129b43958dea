import { auth } from "./auth";

/** Ends the session of a browser: the headers returned take its cookie away. */
export async function signOut(headers: Headers): Promise<Headers> {
  const library = auth().api;
  // The library does not report that a session could not be deleted; reading it first throws while the database is
  // away.
  await library.getSession({ headers });
  return (await library.signOut({ headers, returnHeaders: true })).headers;
}
