import { requireRight } from '../accounts/guard.ts'
import { type ClinicContext, locationsOf } from '../context.ts'
import { Forbidden, NotFound } from '../errors.ts'
import type { Fault } from '../refusals.ts'
import { camelKeys, type SnakeKeys } from '../snake-case.ts'
import { type CauseRow, causesOf, toCause } from './explain-causes.ts'
import {
  type FactsRow,
  factsOf,
  type InsteadRow,
  insteadOf,
  nextAfter,
  type StepRow,
  stepsOf,
} from './explain-queries.ts'
import type {
  Cause,
  Explained,
  ExplainWish,
  Explanation,
  SearchRule,
  Span,
  Stop,
  Terms,
} from './explanation.ts'
import { type SlotRow, toSlot } from './find-open-slots.ts'
import { readWindow } from './window.ts'

export type FoundExplanation =
  | { ok: true; explanation: Explanation }
  | { ok: false; refusal: 'invalid'; faults: Partial<Record<keyof ExplainWish, Fault>> }

/**
 * What each rule of the search takes of a doctor's day, in one trip. For the front desk, admins and, about themselves, doctors.
 *
 * @throws NotFound for a doctor whom the person does not know, NotSignedIn, Forbidden.
 */
export async function explainFreeTime(ctx: ClinicContext, wish: ExplainWish): Promise<FoundExplanation> {
  const prepared = prepareExplanation(ctx, wish)
  return prepared.read(await ctx.db.batch(prepared.queries))
}

/** The same as queries that are not sent yet, so that a page can add them to its one batch. */
export function prepareExplanation(ctx: ClinicContext, wish: ExplainWish) {
  const person = requireRight(ctx.actor, 'explain free times')
  if (person.kind === 'doctor' && person.doctorId !== wish.doctorId)
    throw new Forbidden('Doctors can only ask about themselves.')
  const window = readWindow({ from: wish.on, to: wish.on }, ctx.now)
  const asked = window.ok ? wish : { ...wish, on: ctx.now.toISOString().slice(0, 10) }
  return {
    queries: [
      ctx.db.execute<FactsRow>(factsOf(ctx, asked, locationsOf(person))),
      ctx.db.execute<StepRow>(stepsOf(ctx, asked)),
      ctx.db.execute<CauseRow>(causesOf(ctx, asked)),
      ctx.db.execute<SlotRow>(nextAfter(ctx, asked)),
      ctx.db.execute<InsteadRow>(insteadOf(ctx, asked)),
    ] as const,
    read([facts, steps, causes, next, instead]: readonly [
      { rows: FactsRow[] },
      { rows: StepRow[] },
      { rows: CauseRow[] },
      { rows: SlotRow[] },
      { rows: InsteadRow[] },
    ]): FoundExplanation {
      const [known] = facts.rows
      if (!known?.is_in_reach) throw new NotFound('doctor')
      if (!window.ok) return { ok: false, refusal: 'invalid', faults: { on: 'too_far_away' } }
      if (known.visit_type === null)
        return { ok: false, refusal: 'invalid', faults: { visitTypeId: 'unknown' } }
      if (known.locations === null)
        return { ok: false, refusal: 'invalid', faults: { locationId: 'unknown' } }
      const { doctor, visit_type: visitType, locations, time_zone: timeZone, terms } = known
      const stoppedBy = stopOf(known, asked.by === 'front_desk')
      return {
        ok: true,
        explanation: {
          ...{ doctor, visitType, locations, on: asked.on, timeZone, stoppedBy },
          terms: camelKeys(terms) as Terms,
          rules: toRules(steps.rows, causes.rows.map(toCause), stoppedBy !== null),
          free: steps.rows.at(-1)?.starts?.map(toSpan) ?? [],
          next: next.rows[0]?.start_at ? toSlot(next.rows[0], asked.visitTypeId) : null,
          instead: instead.rows.map(({ id, name, start_local }) => ({
            id: Number(id),
            name,
            startLocal: start_local,
          })),
        },
      }
    },
  }
}

/** The first reason for which the search has no terms. */
function stopOf(known: FactsRow, byDesk: boolean): Stop | null {
  if (!known.doctor_is_active) return 'doctor_retired'
  if (!known.location_is_active) return 'location_closed'
  if (!known.visit_type_is_active) return 'visit_type_withdrawn'
  if (known.is_group) return 'sessions_only'
  if (!known.is_offered) return 'not_offered'
  return known.bookable_online || byDesk ? null : 'front_desk_only'
}

/** After the rule that takes the last minute, no other is reached. */
function toRules(rows: StepRow[], causes: Cause[], isStopped: boolean): Explained[] {
  let isOver = isStopped
  return rows.map((row) => {
    const isReached = !isOver
    isOver ||= row.minutes === 0
    return {
      rule: row.rule,
      minutes: isReached ? row.minutes : null,
      remaining: isReached ? row.remaining.map(toSpan) : [],
      taken: isReached ? row.taken.map(toSpan) : [],
      causes: causes.filter(({ rule }) => rule === row.rule),
      without: isReached && canGo(row.rule) ? withoutIt(row) : null,
    }
  })
}

const canGo = (rule: SearchRule) => rule !== 'hours' && rule !== 'past' && rule !== 'grid'

const withoutIt = ({ starts }: StepRow) => ({
  times: starts?.length ?? 0,
  firstLocal: starts?.[0]?.start_local ?? null,
})

const toSpan = (row: SnakeKeys<Span>): Span => ({
  startAt: new Date(row.start_at),
  endAt: new Date(row.end_at),
  startLocal: row.start_local,
  endLocal: row.end_local,
})
