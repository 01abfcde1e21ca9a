import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { CannotStart } from './cannot-start.ts'
import { findProcess, listProcesses } from './processes.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Who has the directory: the stack's own process, and the process groups of its children. */
interface Holder {
  pid: number
  /** Beside the pid, which a later process may have again, in a container always. */
  startedAt: string
  port: number
  groups: number[]
  /** Of the embedded database; another one may have a password in its address. */
  databaseUrl?: string
}

/**
 * Takes the data directory for this process, after ending what a killed stack left running in it.
 *
 * @throws CannotStart when a living stack has it, or it cannot be written.
 */
export async function takeDataDirectory(directory: string, port: number) {
  const file = join(directory, 'stack.json')
  const killedLeftovers = await endLeftovers(file, port)
  const startedAt = findProcess(process.pid)?.startedAt ?? ''
  const holder: Holder = { pid: process.pid, startedAt, port, groups: [] }
  const write = (flag: 'w' | 'wx' = 'w') => writeFile(file, JSON.stringify(holder), { mode: 0o600, flag })
  try {
    await mkdir(directory, { recursive: true })
    // Of two that start at the same moment, one makes the file.
    await write('wx')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') throw new CannotStart('Another stack is starting here at this moment.')
    throw new CannotStart(`Cannot write to ${directory} (${code}). Choose another place with DATA_DIR.`)
  }
  return {
    /** Whether a stack that was killed had left something running. */
    killedLeftovers,
    /** Remembers a child's process group, so that the next start can end it if we are killed. */
    remember(group: number) {
      holder.groups.push(group)
      return write()
    },
    rememberDatabase(url: string) {
      holder.databaseUrl = url
      return write()
    },
    release: () => rm(file, { force: true }),
  }
}

/** Where the embedded database of the stack that runs in the directory is; undefined when none runs. */
export async function findDatabase(directory: string): Promise<string | undefined> {
  return (await readHolder(join(directory, 'stack.json')))?.databaseUrl
}

async function endLeftovers(file: string, port: number): Promise<boolean> {
  const before = await readHolder(file)
  if (!before) return false
  if (findProcess(before.pid)?.startedAt === before.startedAt) {
    throw new CannotStart(
      `A stack already runs here (process ${before.pid}, http://localhost:${before.port}). Beside it: PORT=${port + 1} DATA_DIR=.data-2 npm start`,
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

// A number can belong to a stranger by now: only a group that runs this project's own files is ended.
async function endGroup(group: number): Promise<void> {
  const members = () => listProcesses().filter((running) => running.group === group)
  if (!members().some(({ command }) => command.includes(root))) return
  process.kill(-group, 'SIGKILL')
  while (members().length > 0) await pause(20)
}
