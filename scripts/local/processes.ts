import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export interface RunningProcess {
  pid: number
  parent: number
  group: number
  /** Distinguishes it from a later process with the same number. */
  startedAt: string
  command: string
}

/** Every running process, from /proc if it exists, else from `ps`. */
export function listProcesses(): RunningProcess[] {
  return process.platform === 'linux' ? fromProc() : fromPs()
}

export function findProcess(pid: number): RunningProcess | undefined {
  return listProcesses().find((running) => running.pid === pid)
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function fromProc(): RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        // proc(5): fields 3 to 52 follow the name in brackets: 3 is the state, 4 the parent, 5 the group, 22 the start.
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        // A dying process loses its command line before its sockets; its ports are free only once it has ended.
        if (hasEnded(fields[0])) return []
        const [parent, group] = [Number(fields[1]), Number(fields[2])]
        return [{ pid: Number(name), parent, group, startedAt: fields[19] ?? '', command }]
      } catch {
        return [] // It ended while we looked.
      }
    })
}

function fromPs(): RunningProcess[] {
  const environment = { ...process.env, LC_ALL: 'C' }
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,state=,lstart=,command='], {
    encoding: 'utf8',
    env: environment,
  })
    .split('\n')
    .flatMap((line) => {
      const [, pid, parent, group, state, startedAt = '', command = ''] =
        /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(line) ?? []
      return pid && !hasEnded(state)
        ? [{ pid: Number(pid), parent: Number(parent), group: Number(group), startedAt, command }]
        : []
    })
}

function hasEnded(state = ''): boolean {
  return state.startsWith('Z') || state.startsWith('X')
}
