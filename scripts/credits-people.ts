// The part of `npm run credits` that is about one person's way in.
import { switchOffFor } from "@/lib/auth/second-factor/switch-off-for";
import { type Call, type Command, UsageError } from "./credits-arguments";

export const peopleCommands: Readonly<Record<string, Command>> = {
  "second-factor": { arguments: 1, options: ["off", "reason", "key"], run: secondFactor },
};

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
