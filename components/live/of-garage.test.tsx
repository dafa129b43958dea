import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { GarageFrame, OfGarage } from "./of-garage";

const framed = (orgId: string): string =>
  renderToStaticMarkup(
    <GarageFrame orgId="quayside">
      <nav>Quayside</nav>
      <OfGarage orgId={orgId}>
        <h1>A page</h1>
      </OfGarage>
    </GarageFrame>,
  );

test("a page of the frame's own garage is shown in it", () => {
  expect(framed("quayside")).toBe("<nav>Quayside</nav><h1>A page</h1>");
});

test("a page that was rendered for another garage is not", () => {
  expect(framed("reed")).toBe("<nav>Quayside</nav>");
});
