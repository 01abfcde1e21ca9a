import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os'
import type pg from 'pg'
import type { Machine } from './results.ts'

const require = createRequire(import.meta.url)

export async function describeMachine(sql: pg.Pool, loadBefore: number): Promise<Machine> {
  const { rows } = await sql.query('show server_version')
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version.slice(1),
    postgres: rows[0].server_version,
    miniflare: versionOf('miniflare'),
    loadBefore,
  }
}

export const loadNow = () => loadavg()[0] ?? 0

function versionOf(name: string): string {
  const path = require.resolve(name).replace(new RegExp(`(.*node_modules/${name}/).*`), '$1package.json')
  return JSON.parse(readFileSync(path, 'utf8')).version
}
