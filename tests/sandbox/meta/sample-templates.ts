import type { TemplateGiven } from "./template";

/** What every business account has to begin with: three that can be sent, one rejected and one paused. */
export const SAMPLE_TEMPLATES: readonly TemplateGiven[] = [
  {
    name: "appointment_reminder",
    category: "UTILITY",
    parameter_format: "NAMED",
    components: [
      { type: "HEADER", format: "TEXT", text: "Your appointment" },
      {
        type: "BODY",
        text: "Hi {{first_name}}, this is a reminder that *{{vehicle}}* is booked in at {{garage}} on {{appointment_time}}.\n\nPlease bring your locking wheel nut key. Do you need to change anything?",
        example: {
          body_text_named_params: [
            { param_name: "first_name", example: "Sarah" },
            { param_name: "vehicle", example: "your Ford Focus (AB12 CDE)" },
            { param_name: "garage", example: "Brightside Motors" },
            { param_name: "appointment_time", example: "Tuesday 3 March at 09:30" },
          ],
        },
      },
      { type: "FOOTER", text: "Reply here to reach our team" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "See you then" },
          { type: "QUICK_REPLY", text: "Change my booking" },
        ],
      },
    ],
  },
  {
    name: "vehicle_ready",
    category: "UTILITY",
    parameter_format: "POSITIONAL",
    components: [
      {
        type: "BODY",
        text: "Hi {{1}}, good news: your {{2}} is ready to collect from {{3}}. _Please ask at the desk for your keys._",
        example: { body_text: [["Sarah", "Ford Focus (AB12 CDE)", "Brightside Motors"]] },
      },
      { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "On my way" }] },
    ],
  },
  {
    name: "we_missed_you",
    category: "MARKETING",
    parameter_format: "NAMED",
    components: [
      {
        type: "HEADER",
        format: "TEXT",
        text: "It has been a while, {{first_name}}",
        example: { header_text_named_params: [{ param_name: "first_name", example: "Sarah" }] },
      },
      {
        type: "BODY",
        text: "We missed you at {{garage}}! Is your {{vehicle}} due a service or an MOT? Reply here and we will find you a time.",
        example: {
          body_text_named_params: [
            { param_name: "garage", example: "Brightside Motors" },
            { param_name: "vehicle", example: "Ford Focus (AB12 CDE)" },
          ],
        },
      },
      { type: "FOOTER", text: "Tap Stop to end offers like this" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Book me in" },
          { type: "QUICK_REPLY", text: "Stop" },
        ],
      },
    ],
  },
  {
    name: "winter_tyre_offer",
    category: "MARKETING",
    status: "REJECTED",
    parameter_format: "POSITIONAL",
    components: [
      { type: "BODY", text: "FREE TYRES!!! Click now {{1}}", example: { body_text: [["Sarah"]] } },
    ],
  },
  {
    name: "mot_due",
    category: "UTILITY",
    status: "PAUSED",
    quality: "RED",
    parameter_format: "POSITIONAL",
    components: [
      {
        type: "BODY",
        text: "Hi {{1}}, the MOT of your {{2}} is due soon. Reply to book it.",
        example: { body_text: [["Sarah", "Ford Focus (AB12 CDE)"]] },
      },
    ],
  },
];
