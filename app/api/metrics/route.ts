import { metricsAnswer } from "@/lib/http/metrics-answer";
import { publicRoute } from "@/lib/http/public-route";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Prometheus text. Needs METRICS_TOKEN as a bearer token; the demo shows it to anybody. */
export const GET = publicRoute("metrics", {
  act: ({ request }) => metricsAnswer(request.headers.get("authorization")),
});
