import { describe, expect, it } from 'vitest'
import type { SearchedSlots, SearchSlots } from '../../src/clinic/availability/search-slots.ts'
import type { FreeTimeChange } from '../../src/edge/free-time-changes.ts'
import { tagsOfChange, tagsOfPage } from '../../src/edge/tags.ts'

/** Noon in UTC, a Monday. */
const now = new Date('2026-11-23T12:00:00Z')

/** Slots with these starts; a full page has more after it. */
function found(starts: string[], isFull = false): SearchedSlots {
  const slots = starts.map((startLocal) => ({ startLocal })) as Extract<SearchedSlots, { ok: true }>['slots']
  return { ok: true, slots, next: isFull ? { startAt: now, load: 0, doctorId: 1, locationId: 1 } : null }
}

const looking = (search: Partial<SearchSlots>): SearchSlots => ({ visitTypeId: 1, limit: 24, ...search })

/** What a page is about, its first and last day, and how many days. */
function spanOf(tags: string[]) {
  const days = tags.slice(1).map((tag) => tag.split(':'))
  const subjects = new Set(days.map(([subject]) => subject))
  return [[...subjects].join(), days[0]?.[1], days.at(-1)?.[1], days.length]
}

describe('a page is tagged by its search, with each day it may show and those around', () => {
  const week = { from: '2026-11-23', to: '2026-11-29' }
  const [few, full] = [found(['2026-11-24T09:00']), found(['2026-11-24T09:00', '2026-11-25T23:30'], true)]

  // biome-ignore format: a table is read in columns
  const pages: [string, Partial<SearchSlots>, SearchedSlots, [string, string, string, number]][] = [
    ['a week of a doctor',             { ...week, doctorId: 7 },                 few,  ['doctor-7',   '2026-11-22', '2026-11-30', 9]],
    ['a week of a location',           { ...week, locationId: 3 },               few,  ['location-3', '2026-11-22', '2026-11-30', 9]],
    ['a week of any',                  week,                                     few,  ['any',        '2026-11-22', '2026-11-30', 9]],
    ['a week of a specialty', { ...week, specialty: 'Skin' }, few, ['any', '2026-11-22', '2026-11-30', 9]],
    ['a doctor there',                 { ...week, doctorId: 7, locationId: 3 },  few,  ['doctor-7',   '2026-11-22', '2026-11-30', 9]],
    ['a week without free times', { ...week, doctorId: 7 },                found([]), ['doctor-7', '2026-11-22', '2026-11-30', 9]],
    ['few slots: the whole month searched', { from: '2026-11-23' }, few, ['any',       '2026-11-22', '2026-12-24', 33]],
    ['a full page: up to its last slot', { from: '2026-11-23' },                 full, ['any',        '2026-11-22', '2026-11-26', 5]],
    ['a full page of today, still yesterday elsewhere', {},                   full, ['any',        '2026-11-21', '2026-11-26', 6]],
    ['few slots from today',        {},                                       few,  ['any',        '2026-11-21', '2026-12-24', 34]],
    ['a full page that ends on the last day', { ...week, to: '2026-11-25' },     full, ['any',        '2026-11-22', '2026-11-26', 5]],
    ['a week over a new year', { from: '2026-12-28', to: '2027-01-03' }, few, ['any', '2026-12-27', '2027-01-04', 9]],
  ]
  it.each(pages)('%s', (_, search, slots, span) => {
    expect(spanOf(tagsOfPage(looking(search), slots, now))).toEqual(span)
  })

  it('and always by the clinic', () => {
    const nothing: SearchedSlots = { ok: false, refusal: 'not_offered', offered: [] }
    const page = tagsOfPage(looking({ from: '2026-11-23', to: '2026-11-23' }), found([]), now)
    expect(page).toEqual(['clinic', 'any:2026-11-22', 'any:2026-11-23', 'any:2026-11-24'])
    expect(tagsOfPage(null, null, now)).toEqual(['clinic'])
    expect(tagsOfPage(looking({}), nothing, now)).toEqual(['clinic'])
  })
})

describe('a change has the tags', () => {
  const place = { doctorId: 7, locationId: 3 }

  it('of its doctor, their location and any, for each of its days', () => {
    expect(tagsOfChange({ ...place, from: '2026-11-30', to: '2026-12-01' })).toEqual([
      'doctor-7:2026-11-30',
      'location-3:2026-11-30',
      'any:2026-11-30',
      'doctor-7:2026-12-01',
      'location-3:2026-12-01',
      'any:2026-12-01',
      'doctor-7:beyond',
      'location-3:beyond',
      'any:beyond',
    ])
  })

  it('of every page when it may affect anything', () => {
    expect(tagsOfChange('everything')).toEqual(['clinic'])
  })
})

describe('a change purges', () => {
  const change: FreeTimeChange = { doctorId: 7, locationId: 3, from: '2026-12-02', to: '2026-12-02' }
  const takesOut = (search: Partial<SearchSlots>, slots = found([])) => {
    const page = new Set(tagsOfPage(looking(search), slots, now))
    return tagsOfChange(change).some((tag) => page.has(tag))
  }
  const on = (from: string, to = from) => ({ from, to })

  it.each<[string, Partial<SearchSlots>, boolean]>([
    ['its day', on('2026-12-02'), true],
    ['a week with its day', on('2026-11-30', '2026-12-06'), true],
    ['the day before, whose last slot may overlap it', on('2026-12-01'), true],
    ['the day after, whose first slot may have a buffer before it', on('2026-12-03'), true],
    ['two days before', on('2026-11-30'), false],
    ['two days after', on('2026-12-04'), false],
    ['its doctor', { ...on('2026-12-02'), doctorId: 7 }, true],
    ['another doctor', { ...on('2026-12-02'), doctorId: 8 }, false],
    ['its location', { ...on('2026-12-02'), locationId: 3 }, true],
    ['another location', { ...on('2026-12-02'), locationId: 7 }, false],
  ])('%s', (_, search, isTakenOut) => {
    expect(takesOut(search)).toBe(isTakenOut)
  })

  it('a page whose days are empty, and that looked beyond them', () => {
    const beyond = { slot: null, searchedUntil: null }
    const [january, empty] = [on('2027-01-04', '2027-01-10'), { ...found([]), beyond }]
    expect(takesOut(january, empty)).toBe(true)
    expect(takesOut({ ...january, doctorId: 7 }, empty)).toBe(true)
    expect(takesOut({ ...january, doctorId: 8 }, empty)).toBe(false)
    expect(takesOut({ ...january, locationId: 7 }, empty)).toBe(false)
    expect(takesOut(january)).toBe(false)
  })

  it.each([
    ['2026-11-30T09:00', false],
    ['2026-12-01T23:30', true],
    ['2026-12-05T09:00', true],
  ])('a full page whose last slot is %s: %s', (last, isTakenOut) => {
    expect(takesOut({ from: '2026-11-20' }, found([last], true))).toBe(isTakenOut)
  })
})
