import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { CannotStart } from '../local/cannot-start.ts'

/** The commit of the tree; @throws CannotStart when the tree holds anything else. */
export function readRelease(): string {
  const changed = git('status', '--porcelain').split('\n').filter(Boolean)
  if (changed.length > 0)
    throw new CannotStart(
      `The tree is not clean, so no commit says what would be deployed: ${changed.map((line) => line.slice(3)).join(', ')}.`,
    )
  return git('rev-parse', 'HEAD').trim()
}

function git(...words: string[]): string {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  return execFileSync('git', words, { cwd: root, encoding: 'utf8' })
}
