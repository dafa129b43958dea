import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { HelpLink, HelpProvider } from "./help";

const shown = (url: string | null): string =>
  renderToStaticMarkup(
    <HelpProvider url={url}>
      <HelpLink page="finance/ai-credits">How AI credits work</HelpLink>
    </HelpProvider>,
  );

test.each(["https://help.torqueflow.example", "https://help.torqueflow.example/"])(
  "HELP_URL %s joins the help pages' own paths",
  (url) => {
    expect(shown(url)).toContain('href="https://help.torqueflow.example/finance/ai-credits"');
  },
);

test("without HELP_URL nothing links to help pages", () => {
  expect(shown(null)).toBe("");
});
