"use client";

import MessageCircle from "lucide-react/icons/message-circle";
import MessageSquareText from "lucide-react/icons/message-square-text";
import Phone from "lucide-react/icons/phone";
import RotateCw from "lucide-react/icons/rotate-cw";
import { useId, useState } from "react";
import { toast } from "@/components/layout/toast";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { LineDto } from "@/lib/lines/client";
import { DisconnectDialog, TakeOverDialog } from "./line-dialogs";
import { LineFacts } from "./line-facts";
import { LineProblems } from "./line-problems";
import { CHANNEL_NAME, lineName, standingOf, UNCONNECTED } from "./line-words";
import { TestCallDialog } from "./test-call-dialog";
import { TestMessageDialog } from "./test-message-dialog";
import { useLine } from "./use-line";

const ICON = { voice: Phone, whatsapp: MessageCircle, sms: MessageSquareText };

type Opened = "disconnect" | "test" | { readonly elsewhere: string } | null;

/** One of the garage's numbers: how it stands, what is wrong, and what can be done with it. */
export function LineCard({ line }: { readonly line: LineDto }) {
  const id = useId();
  const [opened, setOpened] = useState<Opened>(null);
  const { show, problem, busy, checking, check, connect, disconnect } = useLine(line);
  const Icon = ICON[line.channel];
  const name = lineName(line);
  const standing = standingOf(line, checking);
  const isConnected = line.state === "connected";

  const connectNow = async (takeOver: boolean) => {
    const outcome = await connect(takeOver);
    setOpened(outcome?.kind === "elsewhere" ? { elsewhere: outcome.to } : null);
    if (outcome?.kind === "connected") toast.success(`${name} is connected`);
  };
  const disconnectNow = async () => {
    const done = await disconnect();
    setOpened(null);
    if (done) toast.success(`${name} is disconnected`);
  };

  return (
    <Card labelledBy={`${id}-title`}>
      <CardHeader
        id={`${id}-title`}
        title={`${CHANNEL_NAME[line.channel]} ${name}`}
        icon={<Icon aria-hidden />}
        aside={<Badge tone={standing.tone}>{standing.label}</Badge>}
      />
      <CardBody>
        <div className="grid gap-4">
          {problem && <Banner tone="bad" title={problem} urgent />}
          {!isConnected && <p className="text-muted text-sm">{UNCONNECTED[line.channel]}</p>}
          <LineProblems line={line} connecting={busy === "connect"} onConnect={() => void connectNow(true)} />
          <LineFacts line={line} />
          <div className="flex flex-wrap gap-2">
            {!isConnected && (
              <Button
                variant="primary"
                size="sm"
                aria-busy={busy === "connect"}
                aria-disabled={busy !== null}
                onClick={() => void connectNow(false)}
              >
                {busy === "connect" ? "Connecting…" : "Connect"}
              </Button>
            )}
            {isConnected && (
              <Button size="sm" onClick={() => setOpened("test")}>
                {line.channel === "voice" ? "Test call" : "Send test message"}
              </Button>
            )}
            <Button size="sm" aria-busy={checking} aria-disabled={checking} onClick={() => void check()}>
              <RotateCw aria-hidden className={checking ? "motion-safe:animate-spin" : ""} />
              <span>{checking ? "Checking…" : "Check again"}</span>
            </Button>
            {isConnected && (
              <Button size="sm" variant="ghost" onClick={() => setOpened("disconnect")}>
                Disconnect
              </Button>
            )}
          </div>
        </div>
      </CardBody>
      {opened === "disconnect" && (
        <DisconnectDialog
          line={line}
          busy={busy === "disconnect"}
          onClose={() => setOpened(null)}
          onConfirm={() => void disconnectNow()}
        />
      )}
      {typeof opened === "object" && opened && (
        <TakeOverDialog
          line={line}
          from={opened.elsewhere}
          busy={busy === "connect"}
          onClose={() => setOpened(null)}
          onConfirm={() => void connectNow(true)}
        />
      )}
      {opened === "test" && line.channel === "voice" && (
        <TestCallDialog line={line} onClose={() => setOpened(null)} />
      )}
      {opened === "test" && line.channel !== "voice" && (
        <TestMessageDialog line={line} onSent={show} onClose={() => setOpened(null)} />
      )}
    </Card>
  );
}
