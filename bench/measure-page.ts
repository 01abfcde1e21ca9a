import { gzipSync } from 'node:zlib'
import { page } from './asks.ts'
import { interleave, type Rounds, takeSample } from './sample.ts'
import type { Site, Stage } from './stage.ts'

export interface PageResult {
  clients: number
  rounds: Rounds<'hello' | 'page' | 'cached'>
  /** A first visit in bytes, without headers. */
  weight: { html: Weight; script: Weight }
}

interface Weight {
  plain: number
  gzip: number
}

const clients = 16

/** The booking page, rendered each time and from a cache, beside the smallest possible page. */
export function measurePage(stage: Stage): Promise<PageResult> {
  const { main, options } = stage
  const sampling = (site: Site, path: string) => (warming: boolean) =>
    takeSample(site, {
      clients,
      seconds: warming ? Math.min(2, options.seconds) : options.seconds,
      expected: 200,
      next: () => page(path),
    })
  return stage.beside('hello', (hello) =>
    stage.beside('cached', async (cached) => {
      const things = {
        hello: sampling(hello, '/'),
        page: sampling(main, '/booking'),
        cached: sampling(cached, '/booking'),
      }
      const rounds = await interleave(options.rounds, things)
      return { clients, rounds, weight: await weighVisit(main) }
    }),
  )
}

async function weighVisit({ client }: Site): Promise<PageResult['weight']> {
  const { body: html } = await client.send(page('/booking'))
  const script = /<script[^>]* src="([^"]+)"/.exec(html)?.[1]
  const { body } = script ? await client.send(page(script)) : { body: '' }
  return { html: weigh(html), script: weigh(body) }
}

function weigh(text: string): Weight {
  return { plain: Buffer.byteLength(text), gzip: text ? gzipSync(text).length : 0 }
}
