import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { CannotStart } from '../local/cannot-start.ts'

/** The checked-out commit. @throws CannotStart when the working tree has other changes. */
export function readRelease(): string {
  const changed = git('status', '--porcelain').split('\n').filter(Boolean)
  if (changed.length > 0)
    throw new CannotStart(
      `The working tree has uncommitted changes: ${changed.map((line) => line.slice(3)).join(', ')}.`,
    )
  return git('rev-parse', 'HEAD').trim()
}

function git(...words: string[]): string {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  return execFileSync('git', words, { cwd: root, encoding: 'utf8' })
}
