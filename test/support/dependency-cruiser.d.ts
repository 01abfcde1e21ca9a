/** The rules are plain JavaScript. */
declare module '*/.dependency-cruiser.mjs' {
  import type { IConfiguration } from 'dependency-cruiser'

  const rules: IConfiguration
  export default rules
}
