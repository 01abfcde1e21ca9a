import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { imagineStory, tellStories } from '../../support/message-story.ts'
import { seed } from '../../support/seed.ts'

const cases = Number(process.env.CASES ?? 6)
const clinic = await openClinic({ worker: false })

it(`whatever happens, an independent reading of the events agrees on ${cases} stories' messages`, async () => {
  const play = await tellStories(clinic)
  const agrees = fc.asyncProperty(imagineStory(25), async (story) => {
    expect(await play(story)).toEqual([])
  })
  await fc.assert(agrees, { numRuns: cases, endOnFailure: true, seed })
}, 600_000)
