import { sayLondonDay, sayLondonTime } from "@/lib/shared/london-time";
import type { TemplateContent, TemplateVariable, Values } from "./template";
import { variablesOf } from "./template";

/** What is known of whom a template is for. */
export type KnownValues = {
  readonly firstName: string | null;
  readonly vehicle: { readonly description: string; readonly registration: string } | null;
  readonly garage: string;
  /** The next appointment's start. */
  readonly appointment: Date | null;
};

type Meaning = "first-name" | "vehicle" | "registration" | "garage" | "appointment" | "day" | "time";

/** By the placeholder's name, such as `customer_name` or `reg`. The first that fits. */
const BY_NAME: readonly (readonly [RegExp, Meaning])[] = [
  [/(^|_)(garage|business|company|workshop|shop|dealer)/, "garage"],
  [/(^|_)(registration|reg|plate|vrm|number_plate)(_|$)/, "registration"],
  [/(^|_)(vehicle|car|van|model)(_|$)/, "vehicle"],
  [/(^|_)(appointment|booking|slot|date_?time)(_|$)/, "appointment"],
  [/(^|_)(date|day)(_|$)/, "day"],
  [/(^|_)time(_|$)/, "time"],
  [/(^|_)(first_?name|customer|client|name)(_|$)/, "first-name"],
];

const CLOCK = /\b\d{1,2}[:.]\d{2}\b|\b\d{1,2} ?[ap]m\b/i;
const DAY =
  /\b(mon|tues|wednes|thurs|fri|satur|sun)day\b|\b\d{1,2}(st|nd|rd|th)? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;
const PLATE = /\b[A-Z]{2}\d{2} ?[A-Z]{3}\b/;
const GREETING = /(^|[\s>*_])(hi|hello|hey|dear|good (morning|afternoon|evening))[\s,]*$/i;
const YOURS = /\byour (vehicle|car|van)?[\s,*_]*$/i;
const OURS = /\b(at|from|with|team at|visit|here at|thanks?,|regards,)[\s*_]*$/i;

/** Numbered placeholders say nothing: their example does, and the words before them. */
function guess(text: string, { name, example }: TemplateVariable): Meaning | undefined {
  const before = text.slice(0, Math.max(0, text.search(new RegExp(`\\{\\{\\s*${name}\\s*\\}\\}`))));
  if (CLOCK.test(example) && DAY.test(example)) return "appointment";
  if (CLOCK.test(example)) return "time";
  if (DAY.test(example)) return "day";
  if (PLATE.test(example)) return example.replace(PLATE, "").trim() === "" ? "registration" : "vehicle";
  if (GREETING.test(before)) return "first-name";
  if (YOURS.test(before)) return "vehicle";
  return OURS.test(before) ? "garage" : undefined;
}

function meaningOf(content: TemplateContent, variable: TemplateVariable): Meaning | undefined {
  if (variable.part === "button") return undefined;
  if (content.format === "positional")
    return guess((variable.part === "header" ? content.header : content.body) ?? "", variable);
  const name = variable.name.toLowerCase();
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
}

const clockOf = (at: Date): string => sayLondonTime(at).split(" at ")[1] ?? "";

/** What each variable is filled with to begin with; empty where it is not known. */
export function knownValues(content: TemplateContent, known: KnownValues): Values {
  const meanings = variablesOf(content).map(
    (variable) => [variable.key, meaningOf(content, variable)] as const,
  );
  const hasRegistration = meanings.some(([, meaning]) => meaning === "registration");
  return Object.fromEntries(
    meanings.map(([key, meaning]) => [key, meaning ? sayValue(meaning, known, hasRegistration) : ""]),
  );
}

function sayValue(meaning: Meaning, known: KnownValues, hasRegistration: boolean): string {
  const { firstName, vehicle, garage, appointment } = known;
  switch (meaning) {
    case "first-name":
      return firstName ?? "";
    case "vehicle":
      if (vehicle === null) return "";
      return hasRegistration ? makeAndModel(vehicle.description) : vehicleInWords(vehicle);
    case "registration":
      return vehicle === null ? "" : spaced(vehicle.registration);
    case "garage":
      return garage;
    case "appointment":
      return appointment === null ? "" : sayLondonTime(appointment);
    case "day":
      return appointment === null ? "" : sayLondonDay(appointment);
    case "time":
      return appointment === null ? "" : clockOf(appointment);
  }
}

/** "Ford Focus (AB12 CDE)", as a garage names a vehicle to its customer. */
export const vehicleInWords = ({ description, registration }: NonNullable<KnownValues["vehicle"]>): string =>
  `${makeAndModel(description)} (${spaced(registration)})`;

/** "Ford Focus" of "Ford Focus, 2019, white". */
const makeAndModel = (description: string): string => description.split(",")[0]?.trim() ?? "";

/** "AB12 CDE", as it is written on a plate of today; others as they are. */
const spaced = (registration: string): string => registration.replace(/^([A-Z]{2}\d{2})([A-Z]{3})$/, "$1 $2");

const TITLE = /^(mr|mrs|ms|miss|mx|dr|prof|rev|sir)\.?$/i;

/** Signs and words that no person's name has: "Pennine Parcels (fleet)", "A1 Motors", "Hale & Sons Ltd". */
const NO_PERSON =
  /[()[\]\d&@/,]|(^|\s)(ltd|limited|plc|llp|company|group|services|garage|motors|cars|vans|fleet|taxis|hire|rentals?|parcels|couriers?|transport|haulage|logistics|deliver(y|ies)|builders|council|school|trust|club)\.?(\s|$)/i;

/**
 * "Sam" of "Sam Ortiz"; a name with a title stays whole, since its second word is no first name. Null for a company:
 * better a blank to fill in than "Hi Pennine".
 */
export function firstNameOf(name: string | null): string | null {
  if (NO_PERSON.test(name ?? "")) return null;
  const words = (name ?? "").trim().split(/\s+/);
  const [first = ""] = words;
  if (first === "") return null;
  return TITLE.test(first) && words.length > 1 ? words.join(" ") : first;
}
