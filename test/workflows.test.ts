import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

interface Step {
  name?: string
  uses?: string
  run?: string
  with?: Record<string, unknown>
  env?: Record<string, string>
}

interface Job {
  steps: Step[]
  permissions?: unknown
}

const directory = '.github/workflows'
const workflows = readdirSync(directory).map((file) => {
  const text = readFileSync(`${directory}/${file}`, 'utf8')
  return { file, text, workflow: parse(text) }
})
const stepsOf = (workflow: { jobs: Record<string, Job> }) =>
  Object.values(workflow.jobs).flatMap(({ steps }) => steps)

/** The only steps that may see a secret. */
const trusted = ['deploy.yml: Deploy']

describe.each(workflows)('the workflow $file', ({ file, text, workflow }) => {
  it('pins every action by the hash of a commit, and says which version it is', () => {
    const uses = text.match(/uses:.*/g) ?? []
    expect(uses).toHaveLength(stepsOf(workflow).filter((step) => step.uses).length)
    for (const use of uses) expect(use).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  it('may only read the code', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
    for (const job of Object.values<Job>(workflow.jobs)) expect(job.permissions).toBeUndefined()
  })

  it('leaves no credentials in the checkout', () => {
    const checkouts = stepsOf(workflow).filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    expect(checkouts.length).toBeGreaterThan(0)
    for (const checkout of checkouts) expect(checkout.with).toMatchObject({ 'persist-credentials': false })
  })

  it('is never run with secrets by a pull request', () => {
    expect(Object.keys(workflow.on)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(pull_request_target|workflow_run)$/)]),
    )
  })

  it('has secrets only in the environment of the steps that need them', () => {
    const withSecrets = stepsOf(workflow).filter((step) => /secrets\b/.test(JSON.stringify(step)))
    expect(withSecrets.map(({ name }) => `${file}: ${name}`)).toEqual(
      trusted.filter((step) => step.startsWith(file)),
    )
    const inSteps = withSecrets.flatMap(({ env = {} }) => Object.values(env)).join('\n')
    const count = (of: string) => of.match(/\$\{\{\s*(secrets\b|toJSON\(secrets)/g)?.length ?? 0
    expect(count(inSteps)).toBe(count(text))
    expect(count(text)).toBe(text.match(/\bsecrets[.[)]/g)?.length ?? 0)
  })

  it('puts no input into a command, where it would be code', () => {
    for (const { run = '' } of stepsOf(workflow)) expect(run).not.toContain('${{')
  })

  it('runs one at a time for a target', () => {
    expect(workflow.concurrency).toMatchObject({ group: expect.stringContaining('${{') })
  })
})

it('a deploy is not interrupted, and takes no package from a cache that other workflows can fill', () => {
  const deploy = workflows.find(({ file }) => file === 'deploy.yml')?.workflow
  expect(deploy.concurrency).toMatchObject({ 'cancel-in-progress': false })
  const node = stepsOf(deploy).find(({ uses }) => uses?.startsWith('actions/setup-node@'))
  expect(node?.with).toMatchObject({ 'package-manager-cache': false })
  expect(node?.with).not.toHaveProperty('cache')
})
