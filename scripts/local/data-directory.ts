import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { CannotStart } from './cannot-start.ts'
import { commandOf, listProcesses } from './processes.ts'

const root = new URL('../..', import.meta.url).pathname

/** Who has the directory: the stack's own process, and the process groups of its children. */
interface Holder {
  pid: number
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
  const before = await readHolder(file)
  if (before && commandOf(before.pid).includes('scripts/start.ts')) {
    throw new CannotStart(
      `A stack already runs here (process ${before.pid}, http://localhost:${before.port}). Beside it: PORT=${port + 1} DATA_DIR=.data-2 npm start`,
    )
  }
  for (const group of before?.groups ?? []) await endGroup(group)
  const holder: Holder = { pid: process.pid, port, groups: [] }
  const write = () => writeFile(file, JSON.stringify(holder), { mode: 0o600 })
  try {
    await mkdir(directory, { recursive: true })
    await write()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new CannotStart(`Cannot write to ${directory} (${code}). Choose another place with DATA_DIR.`)
  }
  return {
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

async function readHolder(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder
  } catch {
    return null
  }
}

// A number can belong to a stranger by now: only a group that runs this project's own files is ended.
async function endGroup(group: number): Promise<void> {
  const members = () => listProcesses().filter((running) => running.group === group && running.command)
  if (!members().some(({ command }) => command.includes(root))) return
  process.kill(-group, 'SIGKILL')
  while (members().length > 0) await pause(20)
}
