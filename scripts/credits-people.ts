// The part of `npm run credits` that is about people: whose garage it is, and one person's way in.
import { findGarages } from "@/lib/auth/find-garages";
import { switchOffFor } from "@/lib/auth/second-factor/switch-off-for";
import { type Call, type Command, UsageError } from "./credits-arguments";

export const peopleCommands: Readonly<Record<string, Command>> = {
  find: { arguments: 1, atMost: 10, options: [], run: find },
  "second-factor": { arguments: 1, options: ["off", "reason", "key"], run: secondFactor },
};

async function find({ ctx, args, print }: Call): Promise<number> {
  const found = await findGarages(ctx, args.join(" "));
  for (const { slug, name, owners } of found)
    print([slug.padEnd(30), name.padEnd(30), owners.join(", ")].join("  ").trimEnd());
  if (found.length === 0) print("No garage has these words in its name or in an address of its team.");
  return found.length === 0 ? 1 : 0;
}

async function secondFactor({ ctx, args, options, print }: Call): Promise<number> {
  const [email = ""] = args;
  const { off, reason } = options;
  if (!off || !reason) throw new UsageError("second-factor takes an email address, --off and --reason.");
  const { kind } = await switchOffFor(ctx, { email, reason, key: options.key || ctx.newId() });
  const said = {
    "switched-off": `Two-step verification of ${email} is off. They are told by mail.`,
    "off-already": `Two-step verification of ${email} was off already: nothing changed.`,
    replayed: "This key was used before: nothing changed.",
  };
  print(said[kind]);
  return 0;
}
