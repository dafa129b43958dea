import { z } from "zod";

const line = (max: number) => z.string().trim().min(1).max(max);
const absent = (value: unknown): unknown =>
  typeof value === "string" && value.trim() === "" ? undefined : (value ?? undefined);
const maybe = (max: number) => z.preprocess(absent, line(max).optional());

// What a model writes is what a caller said: only the fields named here are read, and any other is dropped. Who calls,
// and which garage was called, come from the call.

/** Without spaces, upper case; a UK registration or an older or foreign one. */
const registration = z
  .string()
  .transform((text) => text.replace(/[^a-z0-9]/gi, "").toUpperCase())
  .pipe(z.string().min(2).max(10));

export const bookAppointmentInput = z.object({
  name: line(120),
  startsAt: line(60),
  service: maybe(120),
  registration: z.preprocess(absent, registration.optional()),
  phone: z.preprocess(absent, z.union([z.string().max(60), z.number().transform(String)]).optional()),
});

export const lookupInput = z.object({
  registration: z.preprocess(absent, registration.optional()),
  surname: maybe(120),
});

const string = (description: string) => ({ type: "string", description });

const PARAMETERS = {
  book_appointment: {
    description: "Book an appointment for the caller, once they have agreed to the day and time.",
    properties: {
      name: string("The caller's full name"),
      startsAt: string("Day and time as ISO 8601 in UK time, such as 2026-11-24T10:30"),
      service: string("What they want done, such as MOT or full service"),
      registration: string("The vehicle's registration"),
      phone: string("A number to reach them on, if it is not the one they call from"),
    },
    required: ["name", "startsAt"],
  },
  work_order_status: {
    description:
      "Say how the work on the caller's vehicle stands. Ask for registration and surname if it finds nothing without them.",
    properties: {
      registration: string("The vehicle's registration"),
      surname: string("The customer's surname"),
    },
    required: [],
  },
  customer_lookup: {
    description:
      "Find the caller's own record: name, vehicles, next appointment. Ask for registration and surname if it finds nothing without them.",
    properties: {
      registration: string("The vehicle's registration"),
      surname: string("The customer's surname"),
    },
    required: [],
  },
} as const;

export type ToolName = keyof typeof PARAMETERS;

export const isToolName = (name: string): name is ToolName => Object.hasOwn(PARAMETERS, name);

/** What a garage lets its assistant do on calls. */
export type Abilities = { readonly mayBook: boolean; readonly mayLookUp: boolean };

/** Whether a garage lets its assistant use a tool. */
export const mayUse = ({ mayBook, mayLookUp }: Abilities, tool: ToolName): boolean =>
  tool === "book_appointment" ? mayBook : mayLookUp;

/**
 * What the assistant may ask of us, of what the garage lets it do. Without `server`, so that calls come to the phone number's
 * own URL with its credential. `endCall` is the provider's.
 */
export const toolsFor = (abilities: Abilities) => [
  ...Object.entries(PARAMETERS)
    .filter(([name]) => isToolName(name) && mayUse(abilities, name))
    .map(([name, { description, properties, required }]) => ({
      type: "function",
      async: false,
      function: { name, description, parameters: { type: "object", properties, required } },
    })),
  { type: "endCall" },
];
