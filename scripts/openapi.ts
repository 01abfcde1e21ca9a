import { writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'
import { describeApi } from '../src/api/description/document.ts'

/** The description as it is served, and the types of the client that follow from it; by the files that keep them. */
export async function generateApi(): Promise<Record<string, string>> {
  const description = `${JSON.stringify(describeApi(), null, 1)}\n`
  const types = astToString(await openapiTS(description))
  return {
    'src/api/openapi.json': description,
    'client/types.ts': `// Made by \`npm run openapi\`.\n${types}`,
  }
}

if (import.meta.main)
  for (const [path, text] of Object.entries(await generateApi())) await writeFile(path, text)
