/** Times are whole minutes of the one day on which everything happens; places, rows and things are numbered from 0. */
export interface Span {
  from: number
  to: number
}

/** `person 0`, `thing 2` or `patient 1`, and the place where a person has to be. */
export interface Claim extends Span {
  who: string
  place: number | null
}

const nowhere = -1
export const has = ({ from, to }: Span, minute: number) => from <= minute && minute < to

/** Asks each minute by itself. */
export function isEach({ from, to }: Span, holds: (minute: number) => boolean): boolean {
  for (let minute = from; minute < to; minute++) if (!holds(minute)) return false
  return true
}

/** Who is where at which minute. */
export class Diary {
  /** Of everyone and everything, by minute, the place where they are taken. */
  readonly #pages: Map<string, number[]>
  private readonly ways: number[]

  constructor(ways: number[], pages = new Map<string, number[]>()) {
    this.ways = ways
    this.#pages = pages
  }

  /** The same diary, for those who are at once wherever they have to be. */
  withoutWays(): Diary {
    return new Diary([0, 0, 0], this.#pages)
  }

  isTaken({ who, from, to }: Claim): boolean {
    const page = this.#pages.get(who)
    return page !== undefined && !isEach({ from, to }, (minute) => page[minute] === undefined)
  }

  /** @throws when a minute would be taken twice. */
  take(claim: Claim): void {
    const { who, place, from, to } = claim
    if (this.isTaken(claim)) throw new Error(`${who} would be taken twice between ${from} and ${to}.`)
    const page = this.#pages.get(who) ?? []
    this.#pages.set(who, page)
    for (let minute = from; minute < to; minute++) page[minute] = place ?? nowhere
  }

  /** Whether nothing takes them, and they need not be on the way from or to another place. */
  isFree(who: string, place: number, { from, to }: Span): boolean {
    const page = this.#pages.get(who)
    if (!page) return true
    const longest = Math.max(...this.ways)
    return isEach({ from: from - longest, to: to + longest }, (minute) => {
      const taken = page[minute]
      if (taken === undefined) return true
      const way = taken === nowhere || taken === place ? 0 : (this.ways[taken + place - 1] as number)
      return !has({ from: from - way, to: to + way }, minute)
    })
  }
}
