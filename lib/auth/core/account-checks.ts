// What is wrong with a field of one's own account, in words for the person: the same in the browser and on the server.

const MAX_NAME = 100;
const MIN_PASSWORD = 10;
const MAX_PASSWORD = 128;
const MAX_EMAIL = 200;

/** Undefined for a name that can be used; it has to be cleaned by then. */
export function checkName(name: string): string | undefined {
  if (name.trim() === "") return "Enter your name";
  return name.length > MAX_NAME ? `A name has at most ${MAX_NAME} characters` : undefined;
}

/** Undefined for a new password that is long enough; whether it is easy to guess only the server knows. */
export function checkNewPassword(password: string): string | undefined {
  if (password.length < MIN_PASSWORD) return `Use at least ${MIN_PASSWORD} characters`;
  return password.length > MAX_PASSWORD ? `Use at most ${MAX_PASSWORD} characters` : undefined;
}

/** Undefined for what may be the present password. */
export const checkPresentPassword = (password: string): string | undefined =>
  password ? undefined : "Enter your present password";

/** Undefined for what may be a code of an app, with whatever spaces. */
export const checkAppCode = (code: string): string | undefined =>
  /^\d{6}$/.test(code.replace(/\s/g, "")) ? undefined : "Enter the 6 digits that your app shows";

/** Undefined for what may be a code of an app or a recovery code. */
export const checkAnyCode = (code: string): string | undefined =>
  code.replace(/[\s-]/g, "") ? undefined : "Enter a code";

/** Undefined for what looks like an address. */
export const checkNewEmail = (email: string): string | undefined =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) && email.trim().length <= MAX_EMAIL
    ? undefined
    : "Enter an email address, such as name@garage.co.uk";
