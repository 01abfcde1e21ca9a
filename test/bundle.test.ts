import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'

const bundle = mkdtempSync(join(tmpdir(), 'alobooking-bundle-'))
afterAll(() => rmSync(bundle, { recursive: true }))

beforeAll(() => {
  execFileSync('npx', ['--no-install', 'wrangler', 'deploy', '--env=', '--dry-run', '--outdir', bundle], {
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
})

// 291 were used before patients had records of their own. The telephone rules of all countries take 30, and the pages, words
// and API of records, families, merges, exports and erasures about 70. Rooms, needs, series, sessions, approval and several
// people and locations took 38. A mail server's protocol takes 15. The pages on which admins set up a clinic take about 100. Cloudflare's limit is 3 MB.
it('keeps the Worker within 800 KB compressed', () => {
  const uploaded = readdirSync(bundle).filter((file) => !/\.map$|^README/.test(file))
  expect(uploaded).toContain('index.js')
  const sizes = uploaded.map((file) => gzipSync(readFileSync(join(bundle, file))).length)
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(800_000)
})

it('traces a place in the minified Worker back to its source', () => {
  const lines = readFileSync(join(bundle, 'index.js'), 'utf8').split('\n')
  const line = lines.findIndex((text) => text.includes('No such '))
  const column = lines[line]?.indexOf('No such ') ?? 0
  const input = `Error: No such hold.\\n    at a (index.js:${line + 1}:${column + 1})`
  const { stdout } = spawnSync('node', ['scripts/stack.ts', join(bundle, 'index.js.map')], {
    input,
    encoding: 'utf8',
  })
  expect(stdout).toMatch(/at a \(.*\bsrc\/clinic\/errors\.ts:\d+:\d+\)/)
})
