import { h } from "./dom.js";

const TAGS = { "*": "strong", _: "em", "~": "s" };
const MARK = /```([\s\S]+?)```|(?<![\w*_~])([*_~])(?=\S)(.+?)(?<=\S)\2(?![\w*_~])/;

/** WhatsApp's own marks as its application shows them: *bold*, _italic_, ~struck~ and ```code```. */
export function marked(text) {
  const found = MARK.exec(text);
  if (!found) return text === "" ? [] : [text];
  const [whole, code, sign, inner] = found;
  const element = code === undefined ? h(TAGS[sign], {}, ...marked(inner)) : h("code", {}, code);
  return [
    ...(found.index > 0 ? [text.slice(0, found.index)] : []),
    element,
    ...marked(text.slice(found.index + whole.length)),
  ];
}
