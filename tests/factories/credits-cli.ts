import { runCredits } from "@/scripts/credits-cli";

/** One command of `npm run credits`, in this process. */
export async function creditsCli(
  ...argv: string[]
): Promise<{ code: number; said: string; complaint: string }> {
  const [said, complaint]: [string[], string[]] = [[], []];
  const code = await runCredits(argv, {
    print: (text) => said.push(text),
    complain: (text) => complaint.push(text),
  });
  return { code, said: said.join("\n"), complaint: complaint.join("\n") };
}
