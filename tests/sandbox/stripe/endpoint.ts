import type { z } from "zod";
import type { Route } from "../core/router";
import type { Given } from "./form";
import { readParams } from "./params";
import type { StripeState } from "./state";

/** One request, understood so far. */
export interface Call {
  /** The `:id` of the path. */
  id: string;
  path: string;
  /** Without `expand`. */
  given: Given;
  read: <S extends z.ZodType>(schema: S) => z.output<S>;
}

/** What one route of the API does; it answers with an object, or throws a StripeFailure. */
export interface Endpoint {
  method: Route["method"];
  /** Below `/v1`. */
  path: string;
  /** As the SDK names it, such as `paymentIntents.confirm`. */
  name: string;
  run: (state: StripeState, call: Call) => object;
}

export const callOf = (id: string, path: string, given: Given): Call => ({
  id,
  path,
  given,
  read: (schema) => readParams(schema, given),
});
