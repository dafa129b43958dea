import { pool, WARM_CONNECTIONS } from "./pool";

/** Opens a few connections, so that the first burst of calls need not wait for them. */
export async function warmPool(): Promise<void> {
  await Promise.all(Array.from({ length: WARM_CONNECTIONS }, () => pool().query("SELECT 1")));
}
