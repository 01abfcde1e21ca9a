import createClient from 'openapi-fetch'
import type { components, paths } from './types.ts'

/** The API of a clinic, asked as whoever has the key. */
export function connect(origin: string, key: string) {
  return createClient<paths>({
    baseUrl: `${origin}/api/v1`,
    headers: { Authorization: `Bearer ${key}` },
  })
}

/** The clinic says no; `problem.code` is the reason to decide on. */
export class Refused extends Error {
  readonly problem: components['schemas']['Problem']

  constructor(problem: Refused['problem']) {
    super(`${problem.code}: ${problem.detail}`)
    this.problem = problem
  }
}

interface Asked<Body> {
  data?: Body
  error?: Refused['problem']
  response: Response
}

/** What was answered, and the ETag of what it is about. @throws Refused. */
export async function granted<Body>(asked: Promise<Asked<Body>>) {
  const { data, error, response } = await asked
  if (error) throw new Refused(error)
  return { ...(data as Body), etag: response.headers.get('ETag') ?? '*' }
}
