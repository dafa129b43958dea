/** One reply of a TwiML answer. */
export interface TwimlMessage {
  body: string;
  /** Where its statuses go. */
  action: string | null;
}

export type Twiml =
  | { kind: "messages"; messages: TwimlMessage[] }
  | { kind: "invalid"; code: number; note: string };

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const decode = (text: string): string =>
  text.replace(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, name: string) => {
    if (name.startsWith("#x")) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith("#")) return String.fromCodePoint(Number(name.slice(1)));
    return ENTITIES[name.toLowerCase()] ?? whole;
  });

/**
 * Reads an answer to a message webhook: nothing, plain text, or TwiML with `<Message>`. A wrong type is error 12300, a
 * document that is none is 12100. Source: twilio.com/docs/messaging/twiml
 */
export function readTwiml(type: string, answer: string): Twiml {
  const body = answer.trim();
  if (body === "") return { kind: "messages", messages: [] };
  if (/^text\/plain/.test(type)) return { kind: "messages", messages: [{ body, action: null }] };
  if (!/^(text|application)\/(.+\+)?xml/.test(type))
    return { kind: "invalid", code: 12300, note: `content type ${type || "missing"}` };
  const document = body
    .replace(/^\uFEFF?<\?xml[^>]*\?>/, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .trim();
  if (/^<Response\s*\/>$/.test(document)) return { kind: "messages", messages: [] };
  const inner = /^<Response\b[^>]*>([\s\S]*)<\/Response>$/.exec(document)?.[1];
  if (inner === undefined || /&(?!#?\w+;)/.test(document))
    return { kind: "invalid", code: 12100, note: "not TwiML" };
  const messages = [...inner.matchAll(/<Message\b([^>]*?)(?:\/>|>([\s\S]*?)<\/Message>)/g)].map((match) => ({
    body: wordsOf(match[2] ?? ""),
    action: attributeOf(match[1] ?? "", ["action", "statusCallback"]),
  }));
  return { kind: "messages", messages };
}

const wordsOf = (content: string): string => {
  const body =
    /<Body\b[^>]*>([\s\S]*?)<\/Body>/.exec(content)?.[1] ?? content.replace(/<Media\b[\s\S]*?<\/Media>/g, "");
  return decode(body.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, "$1")).trim();
};

function attributeOf(attributes: string, names: readonly string[]): string | null {
  for (const name of names) {
    const value = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
    if (value) return decode(value[1] ?? value[2] ?? "");
  }
  return null;
}
