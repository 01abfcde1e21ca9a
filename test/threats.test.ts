import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const [attacks = '', standard = ''] = readFileSync('docs/threats.md', 'utf8').split('\n## OWASP ASVS')
const rows = attacks.split('\n').filter((line) => /^\| (\*\*|…)/.test(line))

/** The tests that a cell names, each after its file. */
function requireTests(cell: string): void {
  let file = 'test/attacks.test.ts'
  const named = [...cell.matchAll(/`(test\/[^`]+)`|«([^»]+)»/g)]
  expect(named).not.toEqual([])
  for (const [, path, name] of named) {
    if (path) file = path
    expect([file, readFileSync(file, 'utf8')]).toEqual([file, expect.stringContaining(name ?? '')])
  }
}

it.each(rows)('every quoted test exists: %s', (row) => {
  const [shown = ''] = row.split(' | ').slice(-1)
  requireTests(shown)
})

describe('OWASP ASVS 5.0', () => {
  /** How many requirements of levels 1 and 2 each section has. They are its first ones; those of level 3 follow. */
  const sections = {
    ...{ '1.1': 2, '1.2': 9, '1.3': 11, '1.4': 3, '1.5': 2, '2.1': 3, '2.2': 3, '2.3': 4, '2.4': 1 },
    ...{ '3.2': 2, '3.3': 4, '3.4': 6, '3.5': 5, '3.7': 2, '4.1': 3, '4.2': 1, '4.3': 2, '4.4': 4 },
    ...{ '5.1': 1, '5.2': 3, '5.3': 2, '5.4': 3 },
    ...{ '6.1': 3, '6.2': 12, '6.3': 4, '6.4': 4, '6.5': 5, '6.6': 3, '6.8': 4 },
    ...{ '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 2, '7.6': 2, '8.1': 2, '8.2': 3, '8.3': 1, '8.4': 1 },
    ...{ '9.1': 3, '9.2': 4, '10.1': 2, '10.2': 2, '10.3': 4, '10.4': 11, '10.5': 5, '10.6': 2, '10.7': 3 },
    ...{ '11.1': 2, '11.2': 3, '11.3': 3, '11.4': 4, '11.5': 1, '11.6': 1, '12.1': 3, '12.2': 2, '12.3': 4 },
    ...{ '13.1': 1, '13.2': 5, '13.3': 2, '13.4': 5, '14.1': 2, '14.2': 4, '14.3': 3 },
    ...{ '15.1': 3, '15.2': 3, '15.3': 7, '16.1': 1, '16.2': 5, '16.3': 4, '16.4': 3, '16.5': 3 },
    ...{ '17.1': 1, '17.2': 4, '17.3': 2 },
  }
  const required = Object.entries(sections).flatMap(([section, many]) =>
    Array.from({ length: many }, (_, index) => `${section}.${index + 1}`),
  )

  /** `1.2.5–1.2.8, 1.3.1` in full. */
  const inFull = (numbers: string) =>
    numbers.split(', ').flatMap((part) => {
      const [from = '', to = from] = part.split('–')
      const [section, first] = [from.slice(0, from.lastIndexOf('.')), Number(from.split('.')[2])]
      const last = Number(to.split('.')[2])
      expect(to.startsWith(`${section}.`) && last >= first).toBe(true)
      return Array.from({ length: last - first + 1 }, (_, index) => `${section}.${first + index}`)
    })

  const chapters = standard.split(/^### V/m).slice(1)
  const verdicts = chapters.flatMap((text) => {
    const lines = text.split('\n').filter((line) => /^\| \d/.test(line))
    return lines.map((line) => {
      const [numbers = '', verdict = '', why = ''] = line.slice(2, -2).split(' | ')
      return { chapter: Number.parseInt(text, 10), numbers, verdict, why }
    })
  })

  it('has 253 requirements of levels 1 and 2, and each is judged once, in its chapter', () => {
    expect(required).toHaveLength(253)
    expect(verdicts.flatMap(({ numbers }) => inFull(numbers)).sort()).toEqual(required.sort())
    for (const { chapter, numbers } of verdicts)
      for (const number of inFull(numbers)) expect(Number.parseInt(number, 10)).toBe(chapter)
  })

  it.each(verdicts)('$numbers is $verdict', ({ verdict, why }) => {
    expect(['met', 'not applicable', 'not met']).toContain(verdict)
    expect(why).toMatch(/\S.{8}/)
    if (verdict === 'met' || why.includes('«')) requireTests(why)
  })
})
