/** The description of the API: an OpenAPI 3.1 document, as JSON. No other request needs it, so it is loaded when asked for. */
export async function readOpenApi(): Promise<string> {
  // wrangler.toml has it imported as text; by its name TypeScript takes it for what is written there.
  const { default: text } = (await import('./openapi.json')) as unknown as { default: string }
  return text
}
