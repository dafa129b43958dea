import crypto, { type BinaryLike, type ScryptOptions } from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

// A password's hash is made to take a tenth of a second, for guessers. Tests are none: here it takes no time. What the demo's
// people sign in with was hashed elsewhere, at the full price; tests/http signs in with that.
const { scrypt } = crypto;
type Done = (error: Error | null, key: Buffer) => void;
const cheap = (password: BinaryLike, salt: BinaryLike, length: number, options: ScryptOptions, done: Done) =>
  scrypt(password, salt, length, { ...options, N: 2, r: 1, p: 1 }, done);
Object.assign(crypto, { scrypt: cheap });
syncBuiltinESMExports();
