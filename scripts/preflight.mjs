// Runs before every command, on whatever Node the machine has, so it is plain, old JavaScript.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const installed = `${root}node_modules/.package-lock.json`
const isAtLeast = (version, [major, minor]) => {
  const [, hasMajor, hasMinor] = /v?(\d+)\.(\d+)/.exec(version) ?? []
  return +hasMajor > major || (+hasMajor === major && +hasMinor >= minor)
}

function stop(reason) {
  console.error(`✘ ${reason}`)
  process.exit(1)
}

if (!isAtLeast(process.version, [20, 0]))
  stop(`Node ${process.version} is too old. Install Node 20 or newer.`)

if (!existsSync(installed)) {
  console.log('Installing the project’s packages; this happens once …')
  const npm = process.env.npm_execpath
  const install = npm
    ? spawnSync(process.execPath, [npm, 'ci'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    : spawnSync('npm', ['ci'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  if (install.status !== 0) stop('npm ci failed; see its output above.')
}

// npm puts the project's own Node 24 first in PATH, unless it was installed with --ignore-scripts.
const version = execFileSync('node', ['--version'], { encoding: 'utf8', cwd: root }).trim()
if (!isAtLeast(version, [24, 4])) {
  stop(
    `The project's own Node 24 is not installed, and ${version} is too old. Run: npm ci --ignore-scripts=false`,
  )
}
