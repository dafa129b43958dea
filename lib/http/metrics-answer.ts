import { env } from "@/lib/shared/env";
import { AppError } from "@/lib/shared/errors";
import { registry } from "@/lib/shared/metrics";
import { sameSecret } from "@/lib/shared/same-secret";

/**
 * This process's metrics as Prometheus text, for whoever sends METRICS_TOKEN as a bearer token; the demo shows them to
 * anybody. Throws unauthenticated.
 */
export async function metricsAnswer(authorization: string | null | undefined): Promise<Response> {
  const { METRICS_TOKEN, TORQUEFLOW_DEMO } = env();
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
  const known = METRICS_TOKEN !== undefined && given !== undefined && sameSecret(given, METRICS_TOKEN);
  if (!known && !TORQUEFLOW_DEMO) throw new AppError("unauthenticated", "A metrics token is needed.");
  return new Response(await registry().metrics(), { headers: { "content-type": registry().contentType } });
}
