"use client";

import type { FieldErrors } from "react-hook-form";
import { get, useController } from "react-hook-form";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import {
  checkClosure,
  checkPhone,
  checkPortal,
  checkService,
  checkWeek,
  MAX_PHONE,
  MAX_PORTAL,
  readPortal,
} from "@/lib/garage/check-garage";
import {
  type GarageSettings,
  garageSettingsQuery,
  sayHours,
  USUAL_WEEK,
  type Weekday,
  withClosures,
} from "@/lib/garage/client";
import { checkGarageName, MAX_GARAGE_NAME } from "@/lib/garage/garage-name";
import { tidyPhone } from "@/lib/shared/phone-number";
import { ABOVE_SAVE_BAR, SaveBar } from "../save-bar";
import { TextField } from "../text-field";
import { useVersionedForm } from "../use-versioned-form";
import { BaysCard } from "./bays-card";
import { ClosuresFields } from "./closures-fields";
import { CustomerPreview } from "./customer-preview";
import { HoursFields } from "./hours-fields";
import { ServicesFields } from "./services-fields";

type Values = Pick<GarageSettings, "name" | "phone" | "portalUrl" | "week" | "closures" | "services">;

const valuesOf = ({ name, phone, portalUrl, week, closures, services }: GarageSettings): Values => ({
  name,
  phone,
  portalUrl,
  week,
  closures,
  services,
});

type GarageFormProps = {
  readonly settings: GarageSettings;
  /** The London date on which the page was made. */
  readonly today: string;
  readonly sms: { readonly text: string; readonly segments: number };
};

const messageAt = (errors: FieldErrors<Values>, path: string): string | undefined =>
  get(errors, `${path}.message`);

/** Focuses the first field at fault, once it is marked. */
const focusFirst = {
  focus: () => setTimeout(() => document.querySelector<HTMLElement>("form [aria-invalid=true]")?.focus()),
};

/** What the garage says of itself, beside what customers will read of it. */
export function GarageForm({ settings, today, sms }: GarageFormProps) {
  const form = useVersionedForm<Values, GarageSettings>({
    queryKey: garageSettingsQuery().queryKey,
    settings,
    valuesOf,
    saved: "Your garage’s details are saved.",
  });
  const { control, formState, submit, watch, isChanged, text, saveBar } = form;
  const { errors, isSubmitted, dirtyFields } = formState;
  const values = watch();
  const firstProblem = (problems: readonly (string | undefined)[]) =>
    problems.find((problem) => problem !== undefined) ?? true;
  const closureProblem = (nth: number) => {
    const closure = values.closures[nth];
    return closure && checkClosure(closure, today);
  };
  const serviceProblem = (nth: number) =>
    checkService(values.services[nth] ?? "", values.services.slice(0, nth));
  const week = useController({
    control,
    name: "week",
    rules: { validate: (given) => given === null || firstProblem(Object.values(checkWeek(given))) },
  });
  const closures = useController({
    control,
    name: "closures",
    rules: { validate: (all) => firstProblem(all.map((one) => checkClosure(one, today)?.problem)) },
  });
  const services = useController({
    control,
    name: "services",
    rules: { validate: (all) => firstProblem(all.map((one, nth) => checkService(one, all.slice(0, nth)))) },
  });
  week.field.ref(focusFirst);
  closures.field.ref(focusFirst);
  services.field.ref(focusFirst);
  const problems = values.week ? checkWeek(values.week) : {};
  const portal = readPortal(values.portalUrl);
  const plain = values.closures.filter((closure) => checkClosure(closure, today) === undefined);
  const hoursSaid = !values.week
    ? withClosures(settings.hoursAsWritten ?? "", plain, today) || "Not said yet."
    : Object.keys(problems).length > 0
      ? "Complete the hours to see the sentence."
      : sayHours({ week: values.week, closures: plain }, today);

  return (
    <form onSubmit={submit} noValidate className="grid gap-4 lg:grid-cols-[1fr_17rem] lg:items-start">
      <div className={`grid min-w-0 gap-4 ${ABOVE_SAVE_BAR}`}>
        <Card labelledBy="details-title">
          <CardHeader
            id="details-title"
            title="Details"
            description="Customers read these in messages, and the AI may say them."
          />
          <CardBody className="grid gap-4">
            <TextField
              label="Name"
              autoComplete="organization"
              maxLength={MAX_GARAGE_NAME}
              {...text("name", (typed) => checkGarageName(typed, settings.name))}
            />
            <TextField
              label="Phone"
              type="tel"
              autoComplete="tel"
              maxLength={MAX_PHONE}
              hint="A UK number, written as customers should read it."
              {...text("phone", checkPhone)}
            />
            <TextField
              label="Customer portal"
              inputMode="url"
              autoComplete="url"
              maxLength={MAX_PORTAL}
              placeholder="https://"
              hint="Where customers can book or look themselves. It begins with https://"
              {...text("portalUrl", checkPortal)}
            />
          </CardBody>
        </Card>
        <Card labelledBy="hours-title">
          <CardHeader
            id="hours-title"
            title="Opening hours"
            description="In UK time. The AI says them, and books appointments within them. A time that closes before it opens ends on the next day."
          />
          <CardBody className="grid gap-4">
            {isChanged && dirtyFields.week && settings.week && (
              <p className="text-muted text-sm">
                {`Stored now: ${sayHours({ week: settings.week, closures: [] }, today)}`}
              </p>
            )}
            {values.week ? (
              <HoursFields
                week={values.week}
                onChange={week.field.onChange}
                problemOf={(weekday: Weekday) =>
                  (isSubmitted ? problems[weekday] : undefined) ?? messageAt(errors, `week.${weekday}`)
                }
              />
            ) : (
              <Banner
                tone="caution"
                title={
                  settings.hoursAsWritten === null
                    ? "You have not said when you are open."
                    : `Your hours are written as “${settings.hoursAsWritten}”.`
                }
                action={<Button onClick={() => week.field.onChange(USUAL_WEEK)}>Set opening hours</Button>}
              >
                Until you set them, the AI books appointments Monday to Saturday, 8 to 6.
              </Banner>
            )}
          </CardBody>
        </Card>
        <Card labelledBy="closures-title">
          <CardHeader
            id="closures-title"
            title="Closures"
            description="Holidays and other days on which you are shut, the first and the last included."
          />
          <CardBody>
            <ClosuresFields
              closures={values.closures}
              today={today}
              onChange={closures.field.onChange}
              problemOf={(nth) => (isSubmitted ? closureProblem(nth) : undefined)}
            />
          </CardBody>
        </Card>
        <Card labelledBy="services-title">
          <CardHeader
            id="services-title"
            title="Services"
            description="What the AI may offer, in this order."
          />
          <CardBody>
            <ServicesFields
              services={values.services}
              onChange={services.field.onChange}
              problemOf={(nth) =>
                (isSubmitted ? serviceProblem(nth) : undefined) ?? messageAt(errors, `services.${nth}`)
              }
            />
          </CardBody>
        </Card>
        <SaveBar ofSeveral {...saveBar} />
        <BaysCard />
      </div>
      <div className="min-w-0 lg:sticky lg:top-4">
        <CustomerPreview
          name={values.name.trim()}
          phone={tidyPhone(values.phone)?.text ?? null}
          portalUrl={"url" in portal && portal.url !== "" ? portal.url : null}
          hours={hoursSaid}
          sms={sms}
        />
      </div>
    </form>
  );
}
