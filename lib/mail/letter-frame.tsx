import {
  Body,
  Button,
  Column,
  Container,
  Head,
  Heading,
  Html,
  Link,
  Preview,
  Row,
  Section,
  Text,
} from "react-email";
import type { Content } from "./letters/letter";

/** The colours of app/globals.css, in the notation that every mail program reads: light inline, dark by class. */
const LIGHT = {
  canvas: "#f8f9fa",
  surface: "#ffffff",
  sunken: "#f1f2f4",
  line: "#e2e4e6",
  ink: "#181c22",
  muted: "#51565d",
  faint: "#666b71",
  onInk: "#fcfcfc",
};
const BAR = { neutral: "#2761b4", warn: "#dd6c18", bad: "#cc3333" };
const NEEDLE = "#dd6c18";
const FONT = "Geist, ui-sans-serif, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

const CSS = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 600px) {
  .outer { padding: 0 !important; }
  .card { border-radius: 0 !important; border-left: 0 !important; border-right: 0 !important; }
  .inner { padding: 24px 20px !important; }
  .action { display: block !important; text-align: center !important; }
}
@media (prefers-color-scheme: dark) {
  .canvas { background: #0d0f12 !important; }
  .card { background: #15171a !important; border-color: #282a2e !important; }
  .sunken { background: #1e2124 !important; }
  .line { border-color: #282a2e !important; }
  .ink { color: #eff0f2 !important; }
  .muted { color: #b0b3b8 !important; }
  .faint { color: #93979d !important; }
  .mark { background: #eff0f2 !important; }
  .action { background: #eff0f2 !important; color: #101215 !important; }
}`;

const text = { fontFamily: FONT, fontSize: "15px", lineHeight: "23px", margin: "0 0 14px" };
const small = { fontFamily: FONT, fontSize: "13px", lineHeight: "19px" };

type FrameProps = { readonly content: Content; readonly supportUrl: string };

/** A letter as HTML: one column of at most 600 px that fills a phone, in the reader's light or dark. */
export function LetterFrame({ content, supportUrl }: FrameProps) {
  const { heading, tone, paragraphs, facts, action, second, because, switchOff, preview } = content;
  return (
    <Html lang="en-GB">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{CSS}</style>
      </Head>
      <Preview>{preview}</Preview>
      <Body lang="en-GB" className="canvas" style={{ background: LIGHT.canvas, margin: 0, padding: 0 }}>
        {/* Of Body itself, the classes stay where some mail programs drop them. */}
        <Section className="canvas" style={{ background: LIGHT.canvas }}>
          <Container style={{ maxWidth: "600px", width: "100%" }}>
            <Row>
              <Column className="outer" style={{ padding: "16px" }}>
                <BrandLine />
                <Section
                  className="card"
                  style={{
                    background: LIGHT.surface,
                    border: `1px solid ${LIGHT.line}`,
                    borderRadius: "10px",
                    borderCollapse: "separate",
                  }}
                >
                  <Row>
                    <Column className="inner" style={{ padding: "32px" }}>
                      <div
                        style={{ width: "32px", height: "4px", borderRadius: "2px", background: BAR[tone] }}
                      />
                      <Heading
                        as="h1"
                        className="ink"
                        style={{
                          ...text,
                          color: LIGHT.ink,
                          fontSize: "22px",
                          lineHeight: "28px",
                          fontWeight: 600,
                          letterSpacing: "-0.01em",
                          margin: "16px 0 12px",
                        }}
                      >
                        {heading}
                      </Heading>
                      {paragraphs.map((paragraph) => (
                        <Text key={paragraph} className="muted" style={{ ...text, color: LIGHT.muted }}>
                          {paragraph}
                        </Text>
                      ))}
                      <Facts facts={facts} />
                      <Button
                        className="action"
                        href={action.href}
                        style={{
                          fontFamily: FONT,
                          fontSize: "15px",
                          fontWeight: 500,
                          background: LIGHT.ink,
                          color: LIGHT.onInk,
                          borderRadius: "7px",
                          padding: "12px 20px",
                        }}
                      >
                        {action.label}
                      </Button>
                      {second && (
                        <Text style={{ ...text, margin: "16px 0 0" }}>
                          <Link
                            href={second.href}
                            className="ink"
                            style={{ color: LIGHT.ink, textDecoration: "underline" }}
                          >
                            {second.label}
                          </Link>
                        </Text>
                      )}
                    </Column>
                  </Row>
                </Section>
                <Section style={{ padding: "0 20px" }}>
                  <Text className="faint" style={{ ...small, color: LIGHT.faint, margin: "20px 0 24px" }}>
                    {because} Replies to this email reach{" "}
                    <Link
                      href={supportUrl}
                      className="faint"
                      style={{ color: LIGHT.faint, textDecoration: "underline" }}
                    >
                      Torqueflow support
                    </Link>
                    .
                    {switchOff !== undefined && (
                      <>
                        {" "}
                        <Link
                          href={switchOff}
                          className="faint"
                          style={{ color: LIGHT.faint, textDecoration: "underline" }}
                        >
                          Switch emails like this off
                        </Link>
                        .
                      </>
                    )}
                  </Text>
                </Section>
              </Column>
            </Row>
          </Container>
        </Section>
      </Body>
    </Html>
  );
}

/** The mark without a picture: most mail programs load none before they are told to. */
function BrandLine() {
  const mark = {
    width: "20px",
    height: "11px",
    paddingTop: "9px",
    borderRadius: "5px",
    background: LIGHT.ink,
    fontSize: 0,
    lineHeight: 0,
  };
  const needle = {
    width: "10px",
    height: "3px",
    margin: "0 auto",
    borderRadius: "2px",
    background: NEEDLE,
  };
  return (
    <Section style={{ padding: "16px 20px" }}>
      <Row>
        <Column style={{ width: "28px" }}>
          <div className="mark" style={mark}>
            <div style={needle} />
          </div>
        </Column>
        <Column className="ink" style={{ ...small, color: LIGHT.ink, fontSize: "15px", fontWeight: 600 }}>
          Torqueflow
        </Column>
      </Row>
    </Section>
  );
}

function Facts({ facts }: Pick<Content, "facts">) {
  if (facts.length === 0) return <div style={{ height: "6px" }} />;
  return (
    <Section style={{ padding: "4px 0 20px" }}>
      <Section
        className="sunken"
        style={{ background: LIGHT.sunken, borderRadius: "7px", padding: "6px 14px" }}
      >
        {facts.map(([label, value]) => (
          <Row key={label}>
            <Column className="muted" style={{ ...small, color: LIGHT.muted, padding: "6px 12px 6px 0" }}>
              {label}
            </Column>
            <Column
              className="ink"
              align="right"
              style={{
                ...small,
                color: LIGHT.ink,
                fontWeight: 500,
                padding: "6px 0",
                wordBreak: "break-word",
              }}
            >
              {value}
            </Column>
          </Row>
        ))}
      </Section>
    </Section>
  );
}
