/** What is asked for: a service, for a vehicle where one is named. */
export type AskedService = { readonly service: string; readonly registration: string | null };

type Kept = { readonly registration: string | null; readonly bookingKey: string; readonly startsAt: Date };

/** Never part of a service, whose spaces are plain ones. */
const SEPARATOR = "\n";

/** The service and the vehicle, under which a call books once. */
export const bookingKeyOf = ({ service, registration }: AskedService): string =>
  `${plain(service)}${SEPARATOR}${registration ?? ""}`;

/**
 * What a call has booked for the same service and vehicle, where a vehicle that is not named may be any. Undefined for a
 * new one, and where two vehicles fit and the time does not tell which.
 */
export function findBooked<T extends Kept>(
  booked: readonly T[],
  asked: AskedService & { readonly startsAt: Date },
): T | undefined {
  const fits = booked.filter(
    ({ bookingKey, registration }) =>
      bookingKey.startsWith(`${plain(asked.service)}${SEPARATOR}`) &&
      (registration === null || asked.registration === null || registration === asked.registration),
  );
  const named = fits.filter(({ registration }) => registration === asked.registration);
  const [only, ...others] = named.length > 0 ? named : fits;
  if (others.length === 0) return only;
  return fits.find(({ startsAt }) => startsAt.getTime() === asked.startsAt.getTime());
}

const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, " ").trim();
