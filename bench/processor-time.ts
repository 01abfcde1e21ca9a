import { readdirSync, readFileSync } from 'node:fs'

/** The kernel's unit wherever Node runs: sysconf(_SC_CLK_TCK). */
const ticksASecond = 100

interface Process {
  pid: number
  parent: number
  name: string
  seconds: number
  /** CPU seconds of its children that have ended. */
  ended: number
}

/** The CPU time of every process; empty without /proc. */
function list(): Process[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const [from, to] = [stat.indexOf('('), stat.lastIndexOf(')')]
        // proc(5): fields 3 to 52 follow the name in brackets; 4 is the parent, 14 to 17 are times.
        const fields = stat.slice(to + 2).split(' ')
        const spent = (place: number) => (Number(fields[place]) + Number(fields[place + 1])) / ticksASecond
        const [seconds, ended] = [spent(11), spent(13)]
        return [
          { pid: Number(name), parent: Number(fields[1]), name: stat.slice(from + 1, to), seconds, ended },
        ]
      } catch {
        return [] // It ended while we looked.
      }
    })
}

/** The pids with that name among this process and its descendants. */
export function findOwn(name: string): number[] {
  const all = list()
  const own = new Set([process.pid])
  for (let before = 0; before < own.size; ) {
    before = own.size
    for (const { pid, parent } of all) if (own.has(parent)) own.add(pid)
  }
  return all.filter((running) => own.has(running.pid) && running.name === name).map(({ pid }) => pid)
}

export interface Watched {
  workerd: number
  bridge: number
  /** The server; its backends are included. */
  postgres: number
}

export type Spent = Record<keyof Watched | 'generator', number>

/** Returns a function that reports the CPU seconds each has used since. */
export function watch(watched: Watched): () => Spent {
  const now = (): Spent => {
    const all = list()
    const of = (pid: number) =>
      all
        .filter((running) => running.pid === pid || running.parent === pid)
        .reduce((sum, running) => sum + running.seconds + (running.pid === pid ? running.ended : 0), 0)
    const { user, system } = process.cpuUsage()
    const { workerd, bridge, postgres } = watched
    const generator = (user + system) / 1e6
    return { workerd: of(workerd), bridge: of(bridge), postgres: of(postgres), generator }
  }
  const before = now()
  return () => {
    const after = now()
    const names = Object.keys(before) as (keyof Spent)[]
    return Object.fromEntries(names.map((name) => [name, after[name] - before[name]])) as Spent
  }
}
