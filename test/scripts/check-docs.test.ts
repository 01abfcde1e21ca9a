import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findFaults } from '../../scripts/check-docs.ts'

const gone: string[] = []
afterAll(() => Promise.all(gone.map((directory) => rm(directory, { recursive: true }))))

const tree = (lines: string) =>
  `# Clinic\n\n[More](docs/more.md) [Reference](docs/reference.md)\n\n## The tree\n\n\`\`\`\n${lines}\n\`\`\`\n`

/** A small project, with other files where these are given. */
async function faultsIn(files: Record<string, string> = {}): Promise<string[]> {
  const root = await mkdtemp(join(tmpdir(), 'alobooking-docs-'))
  gone.push(root)
  const project = {
    'package.json': '{"scripts": {"check": "true", "precheck": "true"}, "dependencies": {"hono": "1.0.0"}}',
    'README.md': tree('src/\n  web/   pages'),
    'docs/reference.md': '# Reference\n\n`npm run check`, `hono`\n',
    'docs/more.md': '# More\n\nRun `npm run check` on `src/web/page.ts` or `src/web/*.ts`. [Above](#more)\n',
    'src/web/page.ts': '',
    ...files,
  }
  for (const [path, text] of Object.entries(project)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return findFaults(root)
}

it('README.md and docs name only what exists, and the README is short', () => {
  expect(findFaults('.')).toEqual([])
})

describe('reports', () => {
  const more = (text: string) => ({ 'docs/more.md': `# More\n\n${text}\n` })

  it.each([
    ['a missing path', more('See `src/web/gone.ts`.'), 'docs/more.md: no such path: src/web/gone.ts'],
    ['a pattern without files', more('See `src/web/*.css`.'), 'docs/more.md: no such path: src/web/*.css'],
    ['an unknown command', more('Run npm run fly.'), 'docs/more.md: no such command: npm run fly'],
    ['a link to no file', more('[Here](gone.md)'), 'docs/more.md: broken link: gone.md'],
    ['a link to no heading', more('[Here](#less)'), 'docs/more.md: broken link: #less'],
    ['an image that is gone', more('<img src="gone.svg">'), 'docs/more.md: broken link: gone.svg'],
    [
      'a migration',
      { ...more('See `migrations/0001_first.sql`.'), 'migrations/0001_first.sql': '' },
      'docs/more.md: migrations/0001_first may be superseded; name the current definition',
    ],
    [
      'a document that the README does not link',
      { 'docs/hidden.md': '# Hidden\n' },
      'README.md: no link to docs/hidden.md',
    ],
    [
      'a command that the reference leaves out',
      { 'docs/reference.md': '# Reference\n\n`hono`\n' },
      'docs/reference.md: no npm run check',
    ],
    [
      'a package that the reference leaves out',
      { 'docs/reference.md': '# Reference\n\n`npm run check`\n' },
      'docs/reference.md: no package hono',
    ],
    [
      'what the tree names and is not there',
      { 'README.md': tree('src/\n  web/   pages\n  gone.ts  nothing') },
      'README.md: the tree names src/gone.ts, which does not exist',
    ],
    [
      'a folder that the tree leaves out',
      { 'src/api/routes.ts': '' },
      'README.md: the tree leaves out src/api/',
    ],
    [
      'a README of 201 lines',
      { 'README.md': `${tree('src/\n  web/   pages') + '\n'.repeat(190)}End\n` },
      'README.md: 201 lines, at most 200 allowed',
    ],
    [
      'a README of more than 12 KB',
      { 'README.md': tree('src/\n  web/   pages') + '.'.repeat(12_288) },
      'README.md: 12392 bytes, at most 12288 allowed',
    ],
  ])('%s', async (_, files, fault) => {
    expect(await faultsIn(files)).toEqual([fault])
  })
})

it('finds nothing wrong with a project whose docs are right', async () => {
  expect(await faultsIn()).toEqual([])
})
