import { publicRoute } from "@/lib/http/public-route";
import { env } from "@/lib/shared/env";
import { AppError } from "@/lib/shared/errors";
import { registry } from "@/lib/shared/metrics";
import { sameSecret } from "@/lib/shared/same-secret";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Prometheus text. Needs METRICS_TOKEN as a bearer token; the demo shows it to anybody. */
export const GET = publicRoute("metrics", {
  act: async ({ request }) => {
    const { METRICS_TOKEN, TORQUEFLOW_DEMO } = env();
    const given = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
    const known = METRICS_TOKEN !== undefined && given !== undefined && sameSecret(given, METRICS_TOKEN);
    if (!known && !TORQUEFLOW_DEMO) throw new AppError("unauthenticated", "A metrics token is needed.");
    return new Response(await registry.metrics(), { headers: { "content-type": registry.contentType } });
  },
});
