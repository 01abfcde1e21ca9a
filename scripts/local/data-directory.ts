import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { CannotStart } from './cannot-start.ts'
import { findProcess, listProcesses } from './processes.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The stack that has the directory: its process, and the process groups of its children. */
interface Holder {
  pid: number
  /** Distinguishes it from a later process with the same pid, which is common in containers. */
  startedAt: string
  port: number
  groups: number[]
  /** Set for the embedded database only; the address of another one may contain a password. */
  databaseUrl?: string
}

/**
 * Takes the data directory for this process, after ending what a killed stack left running in it. `await using` releases it.
 *
 * @throws CannotStart when a running stack has it, or it is not writable.
 */
export async function takeDataDirectory(directory: string, port: number) {
  const file = join(directory, 'stack.json')
  const killedLeftovers = await endLeftovers(file, port)
  const startedAt = findProcess(process.pid)?.startedAt ?? ''
  const holder: Holder = { pid: process.pid, startedAt, port, groups: [] }
  const write = (flag: 'w' | 'wx' = 'w') => writeFile(file, JSON.stringify(holder), { mode: 0o600, flag })
  try {
    await mkdir(directory, { recursive: true })
    // If two start at the same moment, only one creates the file.
    await write('wx')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') throw new CannotStart('Another stack is starting in this directory.')
    throw new CannotStart(`Cannot write to ${directory} (${code}). Set DATA_DIR to another directory.`)
  }
  const release = () => rm(file, { force: true })
  return {
    /** Whether a killed stack had left something running. */
    killedLeftovers,
    /** Notes a child's process group, so that the next start can end it if we are killed. */
    remember(group: number) {
      holder.groups.push(group)
      return write()
    },
    rememberDatabase(url: string) {
      holder.databaseUrl = url
      return write()
    },
    release,
    [Symbol.asyncDispose]: release,
  }
}

/** The address of the embedded database of the stack that runs in the directory; undefined if none runs. */
export async function findDatabase(directory: string): Promise<string | undefined> {
  return (await readHolder(join(directory, 'stack.json')))?.databaseUrl
}

async function endLeftovers(file: string, port: number): Promise<boolean> {
  const before = await readHolder(file)
  if (!before) return false
  if (findProcess(before.pid)?.startedAt === before.startedAt) {
    throw new CannotStart(
      `A stack is already running here (process ${before.pid}, http://localhost:${before.port}). To run another: PORT=${port + 1} DATA_DIR=.data-2 npm start`,
    )
  }
  for (const group of before.groups) await endGroup(group)
  await rm(file, { force: true })
  return before.groups.length > 0
}

async function readHolder(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder
  } catch {
    return null
  }
}

// The number may belong to another program by now: end only a group that runs this project's files.
async function endGroup(group: number): Promise<void> {
  const members = () => listProcesses().filter((running) => running.group === group)
  if (!members().some(({ command }) => command.includes(root))) return
  process.kill(-group, 'SIGKILL')
  while (members().length > 0) await pause(20)
}
