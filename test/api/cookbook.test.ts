import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TestHarness } from 'wrangler'
import { startBridge } from '../../scripts/local/bridge.ts'
import { asApp } from '../../scripts/migrate.ts'
import { seedClinic } from '../../scripts/seed.ts'
import { openClinic, openWorker } from '../support/clinic.ts'

// Types the blocks of docs/api.md into one shell, in order, as a reader would after `npm start`.

const shown = /```sh\n([\s\S]+?)```\n```\n([\s\S]+?)```\n/g
const blocks = [...readFileSync('docs/api.md', 'utf8').matchAll(shown)].map(
  ([, calls = '', answer = ''], number) => ({ number, calls, answer }),
)

const { databaseUrl } = await openClinic({ worker: false })
let isAway = false
const bridge = await startBridge({ fault: () => (isAway ? 'request lost' : undefined) })
let worker: TestHarness
let type: ReturnType<typeof openShell>

beforeAll(async () => {
  await seedClinic(databaseUrl)
  worker = openWorker({ DATABASE_URL: asApp(databaseUrl), NEON_BRIDGE_URL: bridge.url })
  type = openShell({ ORIGIN: (await worker.listen()).url.origin })
})
afterAll(async () => {
  await type.close()
  await worker.close()
  await bridge.stop()
})

function openShell(variables: Record<string, string>) {
  const shell = spawn('bash', { env: { ...process.env, ...variables }, stdio: ['pipe', 'pipe', 'inherit'] })
  let printed = ''
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  /** Returns what the shell prints until the commands are done; `see` gets the output as it grows. */
  const type = async (calls: string, see: (printed: string) => void = () => {}) => {
    const end = '(done)'
    printed = ''
    shell.stdin.write(`${calls}\necho '${end}'\n`)
    while (!printed.includes(end)) {
      await once(shell.stdout, 'data')
      see(printed)
    }
    return printed.replaceAll('\r', '')
  }
  const close = () => {
    shell.stdin.end()
    return once(shell, 'close')
  }
  return Object.assign(type, { close })
}

/** Matches these lines in order anywhere in the output; … stands for anything in a line. */
function toPattern(answer: string): RegExp {
  const lines = answer.trimEnd().split('\n')
  const escaped = lines.map((line) => line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '[^\\n]*'))
  return new RegExp(escaped.join('[\\s\\S]*?'))
}

it('has numbered calls and what each prints', () => {
  const numbers = [...readFileSync('docs/api.md', 'utf8').matchAll(/^\*\*(\d+)\. /gm)].map(([, n]) =>
    Number(n),
  )
  expect(numbers).toEqual(Array.from(numbers, (_, n) => n + 1))
  expect(numbers.length).toBeGreaterThanOrEqual(15)
  expect(blocks).toHaveLength(numbers.length + 1)
})

it.each(blocks)('call $number prints what it shows', async ({ calls, answer }) => {
  isAway = answer.includes('unavailable')
  const printed = await type(calls, (text) => {
    // The database is back before the call is sent again.
    if (text.includes('"unavailable"')) isAway = false
  })
  expect(printed).toMatch(toPattern(answer))
})
