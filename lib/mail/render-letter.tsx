import type { Content } from "./letters/letter";

/** A letter as it is sent: HTML, and the same in plain text. `supportUrl` is where "Torqueflow support" leads. */
export async function renderLetter(
  content: Content,
  supportUrl: string,
): Promise<{ html: string; text: string }> {
  // Read with the first letter: most starts of a process write none, and the library is a third of what they read.
  const [{ render }, { LetterFrame }] = await Promise.all([import("react-email"), import("./letter-frame")]);
  const html = await render(<LetterFrame content={content} supportUrl={supportUrl} />);
  return { html, text: plainText(content, supportUrl) };
}

function plainText(content: Content, supportUrl: string): string {
  const { heading, paragraphs, facts, action, second, because, switchOff } = content;
  const list = facts.map(([label, value]) => `${label}: ${value}`).join("\n");
  const blocks = [
    heading,
    ...paragraphs,
    list,
    ...[action, ...(second ? [second] : [])].map(({ label, href }) => `${label}:\n${href}`),
    `--\n${because} Replies to this email reach Torqueflow support, as does ${supportUrl.replace(/^mailto:/, "")}`,
    switchOff === undefined ? "" : `Switch emails like this off:\n${switchOff}`,
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}
