const hour = new Intl.DateTimeFormat("en-GB", {
  hour: "numeric",
  hourCycle: "h23",
  timeZone: "Europe/London",
});

/** Who is greeted by London's time of day, by their first name. Nobody is wished a good night at work. */
export function greetingFor(name: string, now: Date): string {
  const at = Number(hour.format(now));
  const [first = name] = name.trim().split(/\s+/u);
  if (at < 5) return `Hello, ${first}`;
  if (at < 12) return `Good morning, ${first}`;
  return at < 18 ? `Good afternoon, ${first}` : `Good evening, ${first}`;
}
