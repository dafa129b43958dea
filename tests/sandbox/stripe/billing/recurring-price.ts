import { noSuch, refusal } from "../errors";
import type { Price } from "../objects";
import type { StripeState } from "../state";

/** A price that can be subscribed to. */
export function recurringPrice(state: StripeState, id: string, param: string): Price {
  const price = state.prices.get(id);
  if (!price) throw noSuch("price", id, param);
  if (price.recurring === null)
    throw refusal(
      `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`,
      { param },
    );
  if (!price.active)
    throw refusal("The price specified is inactive. This field only accepts active prices.", { param });
  return price;
}
