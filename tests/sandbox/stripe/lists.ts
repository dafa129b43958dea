import { z } from "zod";
import { misuse, noSuch } from "./errors";
import type { Given } from "./form";
import { int, readParams, words } from "./params";

/** As many as an answer has that was not asked for another number. */
export const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

const bounds = z.strictObject({
  gt: int.optional(),
  gte: int.optional(),
  lt: int.optional(),
  lte: int.optional(),
});
const paging = z.object({
  limit: int.optional(),
  starting_after: words.optional(),
  ending_before: words.optional(),
  created: z.union([int, bounds]).optional(),
});

/** The parameters of every list, beside a resource's own filters. */
export const listParams = paging.shape;

interface Listed {
  id: string;
  created?: number;
}

type Paging = z.output<typeof paging>;

export interface List<T> {
  object: "list";
  url: string;
  has_more: boolean;
  data: T[];
}

function isWithin({ created }: Listed, asked: Paging["created"]): boolean {
  if (asked === undefined || created === undefined) return true;
  if (typeof asked === "number") return created === asked;
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = asked;
  return created > gt && created >= gte && created < lt && created <= lte;
}

function placeOf(items: readonly Listed[], id: string, param: string): number {
  const place = items.findIndex((item) => item.id === id);
  if (place < 0) throw noSuch("object", id, param);
  return place;
}

/** One page of what was found, the newest first. Source: docs.stripe.com/api/pagination */
export function pageOf<T extends Listed>(found: readonly T[], asked: Paging, url: string): List<T> {
  const { limit = DEFAULT_LIMIT, starting_after: after, ending_before: before } = asked;
  if (limit < 1 || limit > MAX_LIMIT)
    throw misuse(`Invalid limit: must be between 1 and ${MAX_LIMIT}`, { param: "limit" });
  const items = found.filter((item) => isWithin(item, asked.created));
  if (before !== undefined) {
    const end = placeOf(items, before, "ending_before");
    const start = Math.max(0, end - limit);
    return { object: "list", url, has_more: start > 0, data: items.slice(start, end) };
  }
  const start = after === undefined ? 0 : placeOf(items, after, "starting_after") + 1;
  const data = items.slice(start, start + limit);
  return { object: "list", url, has_more: start + limit < items.length, data };
}

/** A list whose every filter is a field of the object with the same name. */
export function listBy<T extends Listed>(
  items: readonly T[],
  given: Given,
  names: readonly (keyof T & string)[],
  url: string,
): List<T> {
  const schema = z.strictObject({
    ...listParams,
    ...Object.fromEntries(names.map((name) => [name, words.optional()])),
  });
  const asked = readParams(schema, given);
  const wanted = names.filter((name) => given[name] !== undefined);
  const found = items.filter((item) => wanted.every((name) => String(item[name]) === given[name]));
  return pageOf(found, asked, url);
}
