/** What a benchmark's process can be told to do, by name; one at a time. */
export type Commands = Readonly<Record<string, (args: never) => Promise<unknown>>>;

type Command = { readonly name: string; readonly args: unknown };
export type Reply = { readonly result: unknown } | { readonly error: string };

/** In the process: does what the parent says until the parent is gone, then ends. */
export function obeyParent(commands: Commands, atTheEnd: () => Promise<unknown> = async () => {}): void {
  process.on("message", ({ name, args }: Command) => {
    const command = commands[name] as (args: unknown) => Promise<unknown>;
    const reply = (answer: Reply): void => void process.send?.(answer);
    command(args).then(
      (result) => reply({ result }),
      (error: Error) => reply({ error: error.stack ?? error.message }),
    );
  });
  process.on("disconnect", () => {
    void atTheEnd().finally(() => process.exit());
  });
}
