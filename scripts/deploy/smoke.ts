import { setTimeout as pause } from 'node:timers/promises'
import * as z from 'zod'
import type { Environment } from './target.ts'

const health = z.object({ status: z.string(), is_this_release: z.boolean() })

interface Deployed {
  origin: string
  environment: Environment
  release: string
}

/**
 * Asks the site whether it runs this release; it never names its own.
 *
 * @throws Error unless it does and is healthy.
 */
export async function requireRelease({ origin, environment, release }: Deployed): Promise<void> {
  const answer = await ask(`${origin}/healthz?${new URLSearchParams({ environment, release })}`)
  const body = await answer.text()
  const read = health.safeParse(parseJson(body))
  if (!read.success) throw new Error(`/healthz answers ${answer.status} ${body.slice(0, 200)}`)
  if (answer.status !== 200 || read.data.status !== 'ok')
    throw new Error(`/healthz says ${answer.status}, ${read.data.status}`)
  if (!read.data.is_this_release)
    throw new Error(`/healthz says that this is not ${environment} with ${release}`)
}

/**
 * Tests the deployed site as a visitor would, and retries because a release takes a moment to reach every location.
 *
 * @throws Error with what is still wrong after `timeoutSeconds`.
 */
export async function smokeTest(deployed: Deployed, timeoutSeconds: number): Promise<void> {
  const deadline = Date.now() + timeoutSeconds * 1_000
  for (;;) {
    try {
      return await tryOnce(deployed)
    } catch (error) {
      if (Date.now() >= deadline) throw error
      await pause(1_000)
    }
  }
}

async function tryOnce(deployed: Deployed): Promise<void> {
  const { origin } = deployed
  await requireRelease(deployed)
  await tryBookingPage(origin)
  await trySlots(origin)
  const write = await ask(`${origin}/api/v1/appointments`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"appointment":{}}',
  })
  expectThat(write.status === 401, `a booking without a key answers ${write.status}, not 401`)
}

async function tryBookingPage(origin: string): Promise<void> {
  const page = await ask(`${origin}/booking`)
  const keeping = page.headers.get('Cache-Control')
  expectThat(page.status === 200, `/booking answers ${page.status}`)
  expectThat(/<form[^>]+id="finder"/.test(await page.text()), '/booking has no form')
  // Cloudflare does not pass its own caching header on; browsers must ask each time.
  expectThat(keeping === 'no-cache', `/booking says Cache-Control: ${keeping}, not no-cache`)
}

async function trySlots(origin: string): Promise<void> {
  const types = await ask(`${origin}/api/v1/visit-types`)
  expectThat(types.status === 200, `/api/v1/visit-types answers ${types.status}`)
  const [first] = z
    .object({ visit_types: z.array(z.object({ id: z.number() })) })
    .parse(await types.json()).visit_types
  // A new clinic has no visit types.
  if (!first) return
  const slots = await ask(`${origin}/api/v1/slots?visit_type_id=${first.id}&limit=1`)
  expectThat(slots.status === 200, `/api/v1/slots answers ${slots.status}`)
}

const ask = (url: string, request: RequestInit = {}) =>
  fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000), ...request }).catch(
    (error: Error) => {
      const { message } = (error.cause as Error | undefined) ?? error
      throw new Error(`${new URL(url).pathname} does not answer: ${message}`)
    },
  )

function expectThat(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
