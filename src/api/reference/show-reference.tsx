import type { Context } from 'hono'
import { readOpenApi } from '../openapi.ts'
import { ReferencePage } from './reference-page.tsx'

export async function showReference(c: Context): Promise<Response> {
  c.header('Cache-Control', 'public, max-age=300')
  return c.html(<ReferencePage document={JSON.parse(await readOpenApi())} />)
}
