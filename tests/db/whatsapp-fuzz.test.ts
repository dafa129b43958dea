import { afterAll, beforeAll } from "vitest";
import { POST as sms } from "@/app/api/webhooks/sms/route";
import { POST as smsStatus } from "@/app/api/webhooks/sms/status/route";
import { POST as voice } from "@/app/api/webhooks/voice/route";
import { POST as whatsapp } from "@/app/api/webhooks/whatsapp/route";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { type GivenOrganisation, givenOrganisation } from "../factories/organisation";
import { fuzzWebhooks } from "../factories/webhook-fuzz";
import { runs } from "../support/effort";

// Thousands of deliveries: their log would bury what fails.
process.env.LOG_LEVEL = "silent";

const ROUTES: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
  "/api/webhooks/whatsapp": whatsapp,
  "/api/webhooks/sms": sms,
  "/api/webhooks/sms/status": smsStatus,
  "/api/webhooks/voice": voice,
};

let garage: GivenOrganisation;
beforeAll(async () => {
  garage = await givenOrganisation(systemContext("test"), { purchased: 100 });
});
afterAll(closePool);

fuzzWebhooks(
  async (path, init) => {
    const route = ROUTES[path];
    if (!route) throw new Error(`There is no route ${path}.`);
    return route(new Request(`http://127.0.0.1:3000${path}`, init));
  },
  () => garage,
  runs(60),
);
