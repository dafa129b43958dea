/** A garage as the providers know it. */
export interface Line {
  slug: string;
  name: string;
  /** E.164, for voice and SMS. */
  phone: string;
  /** Meta's id of the WhatsApp number. */
  whatsAppNumberId: string;
  /** Meta's id of the business account that owns it; several garages may share one. */
  businessAccountId: string;
  vapiNumberId: string;
  messagingServiceSid: string;
}

const DEMO_GARAGES = [
  ["brightside", "Brightside Motors"],
  ["lowfell", "Lowfell Garage"],
  ["ironbridge", "Ironbridge Autos"],
  ["quayside", "Quayside MOT"],
  ["harbour", "Harbour Tyres"],
  ["oldmill", "Old Mill Garage"],
  ["showroom", "Showroom Demo"],
  ["coldstart", "Coldstart Cars"],
  ["millbrook", "Millbrook Motors"],
  ["harrow", "Harrow Lane Autos"],
] as const;

const E164 = /^\+[1-9]\d{6,14}$/;
const NUMBER_ID = /^\d{6,20}$/;

const demoLine = ([slug, name]: readonly [string, string], index: number): Line => {
  const n = index + 1;
  return {
    slug,
    name,
    phone: `+44113496${String(n).padStart(4, "0")}`,
    whatsAppNumberId: `1${String(n).padStart(14, "0")}`,
    businessAccountId: `2${String(n).padStart(14, "0")}`,
    vapiNumberId: `vapi-number-${n}`,
    messagingServiceSid: `MG${String(n).padStart(32, "0")}`,
  };
};

/** Who owns which number. Numbers beside the demo's ten garages are made known by the control API. */
export function createLines() {
  let lines: Line[] = DEMO_GARAGES.map(demoLine);

  const find = (identity: string): Line | undefined =>
    lines.find((line) =>
      [line.slug, line.phone, line.whatsAppNumberId, line.vapiNumberId, line.messagingServiceSid].includes(
        identity,
      ),
    );

  function add(given: Partial<Line> & { slug: string }): Line {
    const n = lines.length + 1;
    const defaults = demoLine([given.slug, given.name ?? given.slug], n);
    const line = { ...defaults, ...given };
    lines = [...lines.filter((one) => one.slug !== line.slug), line];
    return line;
  }

  /** The garage with this identity; a number that no garage has makes a new one. */
  function ensure(identity: string): Line | undefined {
    const known = find(identity);
    if (known) return known;
    if (E164.test(identity)) return add({ slug: identity, name: identity, phone: identity });
    if (NUMBER_ID.test(identity)) return add({ slug: identity, name: identity, whatsAppNumberId: identity });
    return undefined;
  }

  const reset = () => {
    lines = DEMO_GARAGES.map(demoLine);
  };
  return { find, add, ensure, reset, list: (): readonly Line[] => lines };
}

export type Lines = ReturnType<typeof createLines>;
