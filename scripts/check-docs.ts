import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CannotStart, runCommand } from './local/cannot-start.ts'

// Checks that the README is short and that README.md and docs/*.md name only what exists: part of npm run check.

const most = { lines: 200, bytes: 12 * 1024 }
const folders = '\\.ci|\\.github|bench|client|docs|drizzle|migrations|scripts|src|test'

/** What is wrong with README.md and docs/*.md below `root`, one line each. */
export function findFaults(root: string): string[] {
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'))
  const files = ['README.md', ...docs.map((name) => `docs/${name}`)]
  const text = (file: string) => readFileSync(join(root, file), 'utf8')
  const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> }
  const readme = text('README.md')
  return [
    ...sizeFaults(readme),
    ...treeFaults(root, readme),
    ...undocumented(text('docs/reference.md'), JSON.parse(text('package.json'))),
    ...docs
      .filter((name) => !readme.includes(`](docs/${name})`))
      .map((name) => `README.md: no link to docs/${name}`),
    ...files.flatMap((file) =>
      [
        ...missingPaths(root, text(file)),
        ...brokenLinks(root, file, text),
        ...unknownCommands(text(file), scripts),
        ...supersededIn(file, text(file)),
      ].map((fault) => `${file}: ${fault}`),
    ),
  ]
}

function sizeFaults(readme: string): string[] {
  const lines = readme.trimEnd().split('\n').length
  const bytes = Buffer.byteLength(readme)
  return [
    ...(lines > most.lines ? [`README.md: ${lines} lines, at most ${most.lines} allowed`] : []),
    ...(bytes > most.bytes ? [`README.md: ${bytes} bytes, at most ${most.bytes} allowed`] : []),
  ]
}

function missingPaths(root: string, text: string): string[] {
  const path = new RegExp(`(?<![\\w/.-])(?:${folders})/[\\w./*-]*[\\w*/]`, 'g')
  const named = new Set(text.match(path) ?? [])
  return [...named]
    .filter((name) => globSync(name, { cwd: root }).length === 0)
    .map((name) => `no such path: ${name}`)
}

/** Links and images that lead to a missing file or heading of this project. */
function brokenLinks(root: string, file: string, text: (file: string) => string): string[] {
  const links = [...text(file).matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].map(
    ([, link, image]) => link ?? image ?? '',
  )
  return links
    .filter((link) => !/^\w+:/.test(link))
    .filter((link) => {
      const [path = '', heading] = link.split('#')
      const target = path ? normalize(join(dirname(file), path)) : file
      if (!existsSync(join(root, target))) return true
      return heading !== undefined && !headingsIn(text(target)).includes(heading)
    })
    .map((link) => `broken link: ${link}`)
}

/** As GitHub makes anchors of them. */
function headingsIn(text: string): string[] {
  const headings = text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

function unknownCommands(text: string, scripts: Record<string, string>): string[] {
  const named = new Set([...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name))
  return [...named].filter((name) => !scripts[name]).map((name) => `no such command: npm run ${name}`)
}

interface Package {
  scripts: Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

/** Commands and packages that the reference does not list. */
function undocumented(reference: string, { scripts, dependencies, devDependencies }: Package): string[] {
  const commands = Object.keys(scripts).filter((name) => !/^pre/.test(name))
  const packages = Object.keys({ ...dependencies, ...devDependencies })
  const isListed = (name: string) =>
    reference.includes(`\`${name}\``) || (name.startsWith('@types/') && reference.includes('`@types/*`'))
  return [
    ...commands
      .filter((name) => !new RegExp(`npm (run )?${name}\\b`).test(reference))
      .map((name) => `docs/reference.md: no npm run ${name}`),
    ...packages.filter((name) => !isListed(name)).map((name) => `docs/reference.md: no package ${name}`),
  ]
}

/** Rules change from one migration to the next. Only what operations.md prints is the output of a command. */
function supersededIn(file: string, text: string): string[] {
  const migrations = file === 'docs/operations.md' ? [] : (text.match(/migrations\/\d{4}\w*/g) ?? [])
  return migrations.map((name) => `${name} may be superseded; name the current definition`)
}

/** What the README's tree names and is not there, and which folders of src it leaves out. */
function treeFaults(root: string, readme: string): string[] {
  const [, tree = ''] = /## The tree\n\n```\n([\s\S]*?)```/.exec(readme) ?? []
  const named = pathsInTree(tree)
  const missing = named.filter((path) => !existsSync(join(root, path)))
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'types')
    .map(({ name }) => `src/${name}/`)
  return [
    ...missing.map((path) => `README.md: the tree names ${path}, which does not exist`),
    ...folders
      .filter((path) => !named.includes(path))
      .map((path) => `README.md: the tree leaves out ${path}`),
  ]
}

function pathsInTree(tree: string): string[] {
  const parents: string[] = []
  return tree.split('\n').flatMap((line) => {
    const depth = (line.length - line.trimStart().length) / 2
    // Several folders may share a line; a description follows behind two spaces, and looks like no path.
    const names = line
      .trim()
      .split(/\s{2,}/)
      .filter((part) => /^[\w./-]+(\/|\.\w+)$/.test(part))
    const paths = names.map((name) => [...parents.slice(0, depth), name].join(''))
    if (names[0]) parents[depth] = names[0]
    return paths
  })
}

if (import.meta.main)
  runCommand(async () => {
    const faults = findFaults(fileURLToPath(new URL('..', import.meta.url)))
    if (faults.length > 0) throw new CannotStart(`README or docs need fixing:\n  ${faults.join('\n  ')}`)
  })
