/**
 * What is signed for a code, and kept as its hash: keyed, and different for each address and browser, as anyone who reads
 * the table could guess six bare digits.
 */
export function codeText({ email, browser, code }: { email: string; browser: string; code: string }): string {
  return `sign-in code of ${browser} for ${email}: ${code}`
}
