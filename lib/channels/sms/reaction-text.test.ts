import { expect, test } from "vitest";
import { isReactionText } from "./reaction-text";

test.each([
  "Liked “Your van is done, come before 4.”",
  'Liked "Your van is done, come before 4."',
  "Loved an image",
  "Laughed at “two\nlines”",
  "Emphasized “Now”",
  "Emphasised the photo",
  "Questioned “We open at 8”",
  "Disliked a movie",
  "Reacted 👍 to “Your van is done, come before 4.”",
  "Reacted 👨‍👩‍👧 to an image",
  "Removed a like from “Your van is done”",
  "Removed 👍 from “Your van is done”",
  "\u200b👍\u200b to “\u200aYour van is done\u200a”",
  "❤️ to “See you then”",
  "Liked 'Your van is done, come before 4.'",
  "Loved ‘It’s done’",
  "👍 to ‘See you then’",
  "A aimé « Your van is done »",
  "N’a pas aimé « We open at 8 »",
  "Gefällt „Your van is done“",
  "Le gustó “Your van is done”",
  "No le gustó “We open at 8”",
  "Gostou de “Your van is done”",
  "Polubiono „Your van is done”",
])("%j tells of a reaction", (body) => {
  expect(isReactionText(body)).toBe(true);
});

test.each([
  "Liked your work, can you do the brakes too?",
  "Liked “Your van is done” but who pays?",
  "“Your van is done”",
  "Loved it",
  "Reacted badly to the new brakes",
  "👍",
  "👍 to all of that, when can I come?",
  "Questioned the bill",
  "Liked 'Your van is done' but who pays?",
  "A aimé le service",
  "My dash says “check engine”",
  "",
])("%j is somebody's words", (body) => {
  expect(isReactionText(body)).toBe(false);
});
