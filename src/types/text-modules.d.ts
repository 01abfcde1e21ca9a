/** wrangler.toml has style sheets imported as text. */
declare module '*.css' {
  const text: string
  export default text
}

/** What runs in the browser, too. In `src/web/client.tsconfig.json` these are modules. */
declare module '*.client.js' {
  const text: string
  export default text
}
