/** Why a link of another address cannot be used: a title, and what helps. */
export const WHY = {
  expired: ["This link has expired", "It worked for 24 hours. Ask for the change again in My account."],
  used: [
    "This link has been used",
    "If the link in the other email has been used too, your address has changed; if not, it changes with that one. My account shows the address that you sign in with.",
  ],
  withdrawn: ["This link no longer works", "Another change was asked for since. Use the links of that one."],
  taken: [
    "This address is taken",
    "The new address belongs to another account. Choose a different one in My account.",
  ],
  unknown: [
    "This link is incomplete",
    "Part of its address may be missing, or it is more than a week old. Open it from the email again, or ask for the change again in My account.",
  ],
} as const;
