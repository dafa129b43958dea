import { type Ctx, requireSupport } from "./context";
import { type FoundGarage, searchGarages } from "./store/garages";

export type { FoundGarage };

/** The garages whose name or slug, or a member's address, contains these words; the latest 20. For support only. */
export async function findGarages(ctx: Ctx, words: string): Promise<FoundGarage[]> {
  requireSupport(ctx.actor);
  return searchGarages(words);
}
