import { sign } from '../sign.ts'

/** Keyed, and different for each address and browser: anyone who reads the table could guess six bare digits. */
export function hashCode(
  authSecret: string,
  { email, browser, code }: { email: string; browser: string; code: string },
): Promise<string> {
  return sign(authSecret, `sign-in code of ${browser} for ${email}: ${code}`)
}
