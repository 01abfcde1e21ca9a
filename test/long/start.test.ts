import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { freePort } from '../../scripts/local/ports.ts'
import { listProcesses } from '../../scripts/local/processes.ts'

let directory: string
const started: ChildProcess[] = []

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'alobooking-start-'))
})
afterAll(async () => {
  for (const child of started) if (child.exitCode === null) child.kill('SIGTERM')
  await Promise.all(
    started.map((child) => child.exitCode === null && child.signalCode === null && once(child, 'exit')),
  )
  await rm(directory, { recursive: true, force: true })
})

interface Stack {
  child: ChildProcess
  /** Everything printed so far. */
  printed: () => string
  ended: Promise<number | null>
}

function start(environment: Record<string, string>, ...flags: string[]): Stack {
  const env = { ...process.env, DATA_DIR: directory, ...environment }
  const child = spawn(process.execPath, ['scripts/start.ts', ...flags], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      text += chunk
    })
  }
  return { child, printed: () => text, ended: once(child, 'exit').then(([code]) => code) }
}

async function ready(stack: Stack): Promise<void> {
  const early = stack.ended.then((code) => {
    throw new Error(`ended with ${code}:\n${stack.printed()}`)
  })
  const { child } = stack
  const said = new Promise<void>((resolve) => {
    child.stdout?.on('data', () => stack.printed().includes('Ready on') && resolve())
  })
  await Promise.race([said, early])
}

/** The processes of this directory: PostgreSQL, wrangler and its workerd. */
const leftovers = () => listProcesses().filter(({ command }) => command.includes(directory))

/** Read with the front desk's local key; 404 until it is booked. */
async function appointmentStatus(port: number, id: number): Promise<number> {
  const headers = { Authorization: 'Bearer local-front-desk' }
  return (await fetch(`http://localhost:${port}/api/v1/appointments/${id}`, { headers })).status
}

describe('npm start', () => {
  it('starts a seeded clinic, keeps bookings and leaves no process behind', async () => {
    const port = await freePort()
    const stack = start({ PORT: String(port) })
    await ready(stack)
    expect(stack.printed()).toContain(`Ready on http://localhost:${port}`)
    expect(await appointmentStatus(port, 6)).toBe(200)

    const api = `http://localhost:${port}/api/v1`
    const found = await fetch(`${api}/slots?visit_type_id=1&doctor_id=1&limit=1`)
    const { slots } = (await found.json()) as { slots: { start_at: string }[] }
    const booked = await fetch(`${api}/appointments`, {
      method: 'POST',
      headers: { Authorization: 'Bearer local-patient-zero', 'Content-Type': 'application/json' },
      body: JSON.stringify({
        appointment: { doctor_id: 1, visit_type_id: 1, start_at: slots[0]?.start_at },
      }),
    })
    expect(booked.status).toBe(201)

    const second = start({ PORT: String(await freePort()) })
    expect(await second.ended).toBe(1)
    expect(second.printed()).toMatch(/^✘ A stack is already running here .+\n$/)

    stack.child.kill('SIGTERM')
    expect(await stack.ended).toBe(0)
    expect(leftovers()).toEqual([])

    const again = start({ PORT: String(port) })
    await ready(again)
    expect(await appointmentStatus(port, 7)).toBe(200)
    again.child.kill('SIGINT')
    expect(await again.ended).toBe(0)
    expect(leftovers()).toEqual([])
  })

  it('recovers from kill -9, and starts empty when asked', async () => {
    const port = await freePort()
    const killed = start({ PORT: String(port) })
    await ready(killed)
    killed.child.kill('SIGKILL')
    await killed.ended
    expect(leftovers()).not.toEqual([])

    const recovered = start({ PORT: String(port) }, '--reset')
    await ready(recovered)
    expect(await appointmentStatus(port, 6)).toBe(200)
    expect(await appointmentStatus(port, 7)).toBe(404)
    recovered.child.kill('SIGTERM')
    expect(await recovered.ended).toBe(0)
    expect(leftovers()).toEqual([])
  })

  it('stops cleanly when interrupted while starting', async () => {
    const stack = start({ PORT: String(await freePort()) })
    await once(stack.child.stdout as NodeJS.ReadableStream, 'data')
    stack.child.kill('SIGINT')
    expect(await stack.ended).toBe(0)
    expect(leftovers()).toEqual([])
  })
})

describe('the stack', () => {
  it('ends with one line when its PostgreSQL is killed', async () => {
    const stack = start({ PORT: String(await freePort()) })
    await ready(stack)
    const [pid] = (await readFile(join(directory, 'postgres/postmaster.pid'), 'utf8')).split('\n')
    process.kill(Number(pid), 'SIGKILL')
    expect(await stack.ended).toBe(1)
    expect(stack.printed()).toMatch(/✘ PostgreSQL ended\.\n$/)
    expect(leftovers()).toEqual([])
  })

  it('uses the PostgreSQL of DATABASE_URL beside another stack, and stops with npm', async () => {
    const beside = start({ PORT: String(await freePort()) })
    await ready(beside)
    const server = new pg.Client(new URL('postgres', inject('postgresUrl')).href)
    await server.connect()
    await server.query('create database of_ones_own')
    const port = await freePort()
    const data = join(directory, 'second with a space')
    const env = {
      ...process.env,
      PORT: String(port),
      DATA_DIR: data,
      DATABASE_URL: new URL('of_ones_own', inject('postgresUrl')).href,
    }
    const npm = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    started.push(npm)
    await new Promise<void>((resolve) =>
      npm.stdout.on('data', (chunk) => String(chunk).includes('Ready on') && resolve()),
    )
    expect(await appointmentStatus(port, 6)).toBe(200)
    expect(leftovers().filter(({ command }) => command.includes(`${data}/postgres`))).toEqual([])

    npm.kill('SIGTERM')
    await once(npm, 'exit')
    await expect
      .poll(() => leftovers().filter(({ command }) => command.includes(data)), { timeout: 10_000 })
      .toEqual([])
    await server.query('drop database of_ones_own with (force)')
    await server.end()
    beside.child.kill('SIGTERM')
    expect(await beside.ended).toBe(0)
  })
})

describe('npm start ends with code 1 and one line when', () => {
  async function refusal(environment: Record<string, string>, ...flags: string[]): Promise<string> {
    const stack = start(environment, ...flags)
    expect(await stack.ended).toBe(1)
    return stack.printed()
  }

  it('the port is taken', async () => {
    const squatter = createServer().listen(0, '127.0.0.1')
    await once(squatter, 'listening')
    const { port } = squatter.address() as { port: number }
    expect(await refusal({ PORT: String(port) })).toBe(
      `✘ Port ${port} is in use. Use another one: PORT=${port + 1} npm start\n`,
    )
    squatter.close()
  })

  it.each(['eighty', '0', '65536'])('PORT is %s', async (port) => {
    expect(await refusal({ PORT: port })).toBe(`✘ PORT must be a number from 1 to 65535, not "${port}".\n`)
  })

  it('the data directory cannot be written', async () => {
    const port = String(await freePort())
    expect(await refusal({ PORT: port, DATA_DIR: '/dev/null/here' })).toMatch(
      /^✘ Cannot write to \/dev\/null\/here \(ENOTDIR\)\. .+\n$/,
    )
  })

  it('a flag is unknown', async () => {
    expect(await refusal({}, '--empty')).toMatch(
      /^✘ Unknown option '--empty'.* Usage: npm start \[-- --reset\] \[--from FILE\]\n$/,
    )
  })

  it('DATABASE_URL is malformed or unreachable, or --reset would empty it', async () => {
    const port = String(await freePort())
    expect(await refusal({ PORT: port, DATABASE_URL: 'postgres://me@localhost' })).toMatch(
      /^✘ DATABASE_URL must look like .+\n$/,
    )
    expect(await refusal({ PORT: port, DATABASE_URL: 'clinic.db' })).toMatch(
      /^✘ DATABASE_URL must look like .+\n$/,
    )
    const dead = `postgres://me:hush@127.0.0.1:${await freePort()}/clinic`
    const unreachable = await refusal({ PORT: port, DATABASE_URL: dead })
    expect(unreachable).toMatch(/^✘ postgres:\/\/me@127.+ECONNREFUSED.+\n$/)
    expect(unreachable).not.toContain('hush')
    expect(await refusal({ PORT: port, DATABASE_URL: dead }, '--reset')).toMatch(
      /^✘ --reset empties the embedded database only.+\n$/,
    )
  })
})

describe('before npm start', () => {
  it('an old Node gets one line saying what is needed', async () => {
    const bin = join(directory, 'bin')
    await import('node:fs/promises').then(({ mkdir, writeFile }) =>
      mkdir(bin).then(() => writeFile(join(bin, 'node'), '#!/bin/sh\necho v20.20.2\n')),
    )
    await chmod(join(bin, 'node'), 0o755)
    const env = { ...process.env, PATH: `${bin}:/usr/bin:/bin` }
    const child = spawn(process.execPath, ['scripts/preflight.mjs'], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    child.stderr.on('data', (chunk) => {
      text += chunk
    })
    const [code] = await once(child, 'exit')
    expect(code).toBe(1)
    expect(text).toMatch(/^✘ The project's own Node 24 is not installed.+npm ci --ignore-scripts=false\n$/)
  })
})

it('the commands of package.json run the preflight first', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8'))
  for (const name of ['start', 'test', 'check'])
    expect(scripts[`pre${name}`]).toBe('node scripts/preflight.mjs')
})
