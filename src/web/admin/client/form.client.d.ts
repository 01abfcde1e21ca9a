/** Imported as text: wrangler.toml and vitest.config.ts have a rule for it. */
declare const text: string
export default text
