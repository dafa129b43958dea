/** Customers to play: Ofcom keeps +44 7700 900000 to 900999 free for drama. The last one is a short code. */
export const PEOPLE = [
  { number: "+447700900101", name: "Alex Carter" },
  { number: "+447700900102", name: "Priya Nair" },
  { number: "+447700900103", name: "Tom O'Neill" },
  { number: "+447700900104", name: "Zoë Müller" },
  { number: "32665", name: "Short code (SMS only)" },
] as const;
