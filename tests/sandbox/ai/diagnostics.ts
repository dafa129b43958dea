/** Topics a technician asks about, with what a workshop would check first. */
const TOPICS: readonly (readonly [RegExp, string, readonly string[]])[] = [
  [
    /P0420|P0430|catalyst|catalytic/i,
    "Catalyst efficiency below threshold",
    [
      "Check for exhaust leaks ahead of the rear lambda sensor; a small leak reads as a failed catalyst.",
      "Compare front and rear lambda sensor traces at 2,500 rpm: a rear sensor that switches like the front one points to the catalyst.",
      "Look for misfire or fuel trim codes first, as an over-rich engine will have damaged the catalyst.",
    ],
  ],
  [
    /P030\d|misfire/i,
    "Engine misfire",
    [
      "Swap the coil of the affected cylinder with its neighbour and see whether the fault follows it.",
      "Inspect the plugs for gap, wear and oil, and check compression if the plug is wet.",
      "Read fuel trims: a lean trim on the whole bank suggests an air leak rather than ignition.",
    ],
  ],
  [
    /brake|squeal|grind/i,
    "Brake noise",
    [
      "Measure pad thickness on all four corners and check for a lifted wear indicator.",
      "Check the discs for lipping, scoring and run-out, and that the slide pins move freely.",
      "Clean and grease the pad abutments before fitting anything new; glazed pads can be the whole cause.",
    ],
  ],
  [
    /batter|start|crank|flat/i,
    "Starting or charging fault",
    [
      "Load-test the battery and note its state of health, not only its voltage.",
      "Measure charging voltage at idle and at 2,000 rpm: 13.8 to 14.7 V is normal on most systems, smart alternators vary.",
      "Measure quiescent drain after the bus has gone to sleep; above 50 mA look for the circuit by pulling fuses.",
    ],
  ],
  [
    /coolant|overheat|temperature|thermostat/i,
    "Cooling fault",
    [
      "Pressure-test the cold system and look for traces at the pump, radiator and heater matrix.",
      "Compare the gauge with live data; a thermostat stuck open shows as slow warm-up, stuck shut as a hot top hose only.",
      "Test for combustion gases in the header tank before suspecting the head gasket.",
    ],
  ],
];

const GENERIC: readonly string[] = [
  "Scan every module for codes, note the freeze-frame data, and clear them to see which return.",
  "Check the battery, earths and connectors of the affected system; poor supply imitates many faults.",
  "Look for technical bulletins for the exact engine code and build year before replacing parts.",
];

/** A plausible answer for a technician: what it is likely to be, what to check in order, and a caution. */
export function diagnose(words: string): string {
  const topic = TOPICS.find(([pattern]) => pattern.test(words));
  const [title, steps] = topic ? [topic[1], topic[2]] : ["General approach", GENERIC];
  const list = steps.map((step, index) => `${index + 1}. ${step}`).join("\n");
  return `**${title}**\n\nIn this order:\n\n${list}\n\nRoad-test and rescan after each repair. If the fault affects brakes, steering or fuel, do not let the vehicle leave until it is confirmed.`;
}
