import { afterAll, beforeAll } from "vitest";
import { systemContext } from "@/lib/auth/context";
import { closePool } from "@/lib/db/pool";
import { givenSharedGarage, type SharedGarage } from "../factories/shared-garage";
import { fuzzWebhooks } from "../factories/webhook-fuzz";
import { request } from "../support/app";
import { runs } from "../support/effort";

let garage: SharedGarage;
beforeAll(async () => {
  garage = await givenSharedGarage(systemContext("test"), { purchased: 100 });
});
afterAll(closePool);

// The same as tests/db/whatsapp-fuzz.test.ts, which tries far more: here it goes through the server itself.
fuzzWebhooks(request, () => garage, runs(12));
