import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openClinic } from '../support/clinic.ts'
import { imagineStory, tellStories } from '../support/message-story.ts'
import { seed } from '../support/seed.ts'

const cases = Number(process.env.CASES ?? 200)
const clinic = await openClinic({ worker: false })

it(`an independent reading of the events agrees on the messages of ${cases} long stories (seed ${seed})`, async () => {
  const play = await tellStories(clinic)
  const agrees = fc.asyncProperty(imagineStory(60), async (story) => {
    expect(await play(story)).toEqual([])
  })
  await fc.assert(agrees, { numRuns: cases, endOnFailure: true, seed })
}, 1_800_000)
