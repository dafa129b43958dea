import type { Delivery } from "./core/delivery";

/** The numbers of ours that a delivery is about, by all names that it gives them. */
export function calledIn({ items, strays }: Delivery): string[] {
  const addressed = items.flatMap(({ address }) => [address.identity, address.serviceId]);
  const named = [...addressed, ...strays.map(({ identity }) => identity)];
  return [...new Set(named.filter((identity) => identity !== undefined))];
}
