import type Stripe from "stripe";
import { z } from "zod";
import { misuse, type StripeFailure } from "./errors";
import type { Given } from "./form";

/** The parameters' types, of which every value arrives as text. */
export const int = z
  .string()
  .regex(/^-?\d{1,15}$/)
  .transform(Number);
export const flag = z.enum(["true", "false"]).transform((value) => value === "true");
export const words = z.string();
/** An empty text unsets what is there. */
export const unsettable = z.string().transform((value) => (value === "" ? null : value));
export const metadata = z.union([z.literal(""), z.record(z.string(), z.string())]);
export const address = z.strictObject({
  city: unsettable.optional(),
  country: unsettable.optional(),
  line1: unsettable.optional(),
  line2: unsettable.optional(),
  postal_code: unsettable.optional(),
  state: unsettable.optional(),
});
/** What the real API takes and the sandbox does not act upon. */
export const ignored = z.unknown().optional();

/** Parameters which the SDK has at its pinned API version, and no others. */
export type ParamsOf<T> = Partial<Record<keyof T, z.ZodType>>;

/** Reads parameters as `schema` has them, or refuses them as Stripe does. */
export function readParams<S extends z.ZodType>(schema: S, given: Given): z.output<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const first = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
  throw first ? toFailure(first, given) : misuse("Invalid request.");
}

function toFailure(issue: z.core.$ZodIssue, given: Given): StripeFailure {
  if (issue.code === "unrecognized_keys") {
    const param = nameOf([...issue.path, issue.keys[0] ?? ""]);
    return misuse(`Received unknown parameter: ${param}`, { code: "parameter_unknown", param });
  }
  const param = nameOf(issue.path);
  const value = valueAt(given, issue.path);
  if (value === undefined)
    return misuse(`Missing required param: ${param}.`, { code: "parameter_missing", param });
  if (issue.code === "invalid_format" && issue.format === "regex")
    return misuse(`Invalid integer: ${String(value)}`, { code: "parameter_invalid_integer", param });
  if (issue.code === "invalid_value")
    return misuse(`Invalid ${param}: must be one of ${issue.values.join(", ")}`, { param });
  return misuse(`Invalid ${param}: ${issue.message}`, { param });
}

/** `["line_items", 0, "price"]` is `line_items[0][price]`. */
const nameOf = ([first, ...rest]: readonly PropertyKey[]): string =>
  String(first ?? "") + rest.map((segment) => `[${String(segment)}]`).join("");

const valueAt = (given: Given, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    given,
  );

/** Adds and removes single keys; an empty text for the whole removes all. */
export function mergeMetadata(
  before: Stripe.Metadata,
  given: z.output<typeof metadata> | undefined,
): Stripe.Metadata {
  if (given === undefined) return before;
  if (given === "") return {};
  return Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, value]) => value !== ""));
}

/** An address with all its fields. */
export const fullAddress = (given: z.output<typeof address> | undefined): Stripe.Address => ({
  city: given?.city ?? null,
  country: given?.country ?? null,
  line1: given?.line1 ?? null,
  line2: given?.line2 ?? null,
  postal_code: given?.postal_code ?? null,
  state: given?.state ?? null,
});
