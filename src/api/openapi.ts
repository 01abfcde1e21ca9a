/** The description of the API, an OpenAPI 3.1 document. It is read when somebody asks for it: no other request needs it. */
export async function readDescription(): Promise<string> {
  // wrangler.toml has it imported as text; by its name TypeScript takes it for what is written there.
  const { default: text } = (await import('./openapi.json')) as unknown as { default: string }
  return text
}
