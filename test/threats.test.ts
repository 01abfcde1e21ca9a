import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const rows = readFileSync('docs/threats.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| (\*\*|…)/.test(line))

it.each(rows)('every quoted test exists: %s', (row) => {
  const [shown = ''] = row.split(' | ').slice(-1)
  let file = 'test/attacks.test.ts'
  const named = [...shown.matchAll(/`(test\/[^`]+)`|«([^»]+)»/g)]
  expect(named).not.toEqual([])
  for (const [, path, name] of named) {
    if (path) file = path
    expect([file, readFileSync(file, 'utf8')]).toEqual([file, expect.stringContaining(name ?? '')])
  }
})
