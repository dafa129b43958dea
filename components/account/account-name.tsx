/** Whose password a form is about, for the browser's own store of passwords. */
export function AccountName({ email }: { readonly email: string }) {
  return <input hidden readOnly type="text" autoComplete="username" value={email} />;
}
