import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { generateApi } from '../../scripts/openapi.ts'
import { operations as registered } from '../../src/api/description/registry.ts'
import { problems } from '../../src/api/problem.ts'
import { description, faultsOf, type JsonSchema, type Operation, operations } from '../support/description.ts'
import { routesOfApi } from '../support/routes.ts'

it('openapi.json and the client’s types are up to date: npm run openapi', async () => {
  for (const [path, text] of Object.entries(await generateApi()))
    expect([path, (await readFile(path, 'utf8')) === text]).toEqual([path, true])
})

it('has exactly the routes of the API', () => {
  const [routes, described] = [routesOfApi(), registered.map(({ route }) => route)]
  expect({
    'not described': routes.filter((route) => !described.includes(route)),
    'described but not there': described.filter((route) => !routes.includes(route)),
  }).toEqual({ 'not described': [], 'described but not there': [] })
})

it('has a unique name for each call', () => {
  const names = operations.map(({ operationId }) => operationId)
  expect(new Set(names).size).toBe(names.length)
})

describe.each(operations.map((operation) => [operation.operationId, operation] as const))(
  'of %s',
  (_, one) => {
    it('has a valid example of a request body', () => {
      const body = one.requestBody?.content['application/json']
      expect(body ? faultsOf(body.example, body.schema, 'the example') : []).toEqual([])
    })

    it('has valid examples of its answers', () => {
      for (const [schema, example] of answersOf(one))
        expect(faultsOf(example, schema, 'the example')).toEqual([])
    })

    it('explains its refusals', () => {
      const codes = Object.values(one.responses).flatMap((answer) =>
        Object.keys(answer.content?.['application/problem+json']?.examples ?? {}),
      )
      expect(codes.length).toBeGreaterThan(3)
      for (const code of codes) expect(problems).toHaveProperty(code)
    })
  },
)

/** Each example of an answer with its schema. */
function answersOf({ responses }: Operation): [JsonSchema, unknown][] {
  const contents = Object.values(responses).flatMap(({ content }) => Object.values(content ?? {}))
  return contents.flatMap(({ schema, example, examples }): [JsonSchema, unknown][] =>
    examples ? Object.keys(examples).map((code) => [schema, problemExample(code)]) : [[schema, example]],
  )
}

const problemExample = (code: string) => description.components.examples[code]?.value
