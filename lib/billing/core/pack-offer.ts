export type Pack = {
  readonly id: string;
  readonly name: string;
  /** Whole credits. */
  readonly credits: number;
  /** VAT included. */
  readonly pricePence: number;
};

export type PackOffer = Pack & {
  /** "1.0p per credit". */
  readonly perCreditText: string;
  /** The lowest cost per credit, where there is a choice. */
  readonly bestValue: boolean;
};

const cheaper = (one: Pack, other: Pack): boolean =>
  one.pricePence * other.credits < other.pricePence * one.credits;

/** Packs as they are offered, in their order. Exactly one is the best value if there are several: the first of equals. */
export function offerPacks(packs: readonly Pack[]): PackOffer[] {
  const best = packs.reduce<Pack | undefined>(
    (found, pack) => (found && !cheaper(pack, found) ? found : pack),
    undefined,
  );
  return packs.map((pack) => ({
    ...pack,
    perCreditText: `${pencePerCredit(pack)}p per credit`,
    bestValue: packs.length > 1 && pack === best,
  }));
}

/** Pence with one decimal, or with two where one would not be exact: "1.0", "0.85". */
function pencePerCredit({ pricePence, credits }: Pack): string {
  const hundredths = Math.round((pricePence * 100) / credits);
  return (hundredths / 100).toFixed(hundredths % 10 === 0 ? 1 : 2);
}
