// `npm run test:long`: the property, fuzz and kill tests with ten times the random histories, longer ones, every anchor day, a
// weekend of forty conversations, and each kill ten times with either way to recover. TEST_EFFORT takes the place of the ten;
// arguments go to vitest.
process.env.TEST_EFFORT ??= "10";
process.argv.push("properties", "histories", "years", "fuzz", "kills", "forty");
await import("./test.mjs");
