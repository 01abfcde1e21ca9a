import createClient from 'openapi-fetch'
import type { components, paths } from './types.ts'

/** Opens a clinic's API with your key. */
export function connect(origin: string, key: string) {
  return createClient<paths>({
    baseUrl: `${origin}/api/v1`,
    headers: { Authorization: `Bearer ${key}` },
  })
}

/** The clinic refused the call; decide on `problem.code`. */
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

/** The body of a successful answer, with its ETag. @throws Refused. */
export async function granted<Body>(asked: Promise<Asked<Body>>) {
  const { data, error, response } = await asked
  if (error) throw new Refused(error)
  return { ...(data as Body), etag: response.headers.get('ETag') ?? '*' }
}
