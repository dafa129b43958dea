/** Runs once when a server process starts; the part that needs Node lives in its own module. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startServer } = await import("./lib/jobs/start-server");
  await startServer();
}
