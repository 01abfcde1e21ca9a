import { describe, expect, it } from 'vitest'
import type { Managed, SettingsChange } from '../../../../src/clinic/settings/read-managed.ts'
import { line, paragraph, personName } from '../../../../src/clinic/shapes.ts'
import { type FormFields, readTexts, typedTexts } from '../../../../src/web/admin/form/fields.ts'
import { postedIn, typedAgain } from '../../../../src/web/admin/form/form-state.ts'

const fields = {
  name: { kind: 'line', shape: personName },
  phone: { kind: 'tel', shape: line(40), isOptional: true },
  howToFindIt: { kind: 'lines', shape: paragraph(500), isOptional: true },
} satisfies FormFields

const change = (version: number, by: string, before: SettingsChange['before']): SettingsChange => ({
  version,
  at: new Date(version * 60_000),
  by,
  isOwn: false,
  before,
})

/** Version 1 was `Menteng`, `021` and no directions. */
const managed = (version: number, state: object, changes: SettingsChange[]): Managed => ({
  version,
  state: { name: 'Menteng', phone: '021', how_to_find_it: null, ...state },
  changes,
})

const formOf = (written: Record<string, string>) => (name: string) => written[name] ?? ''
const post = (written: Record<string, string>, now: Managed) => {
  const form = formOf({ name: 'Menteng', phone: '021', version: '1', ...written })
  return typedAgain(fields, now, typedTexts(fields, form), postedIn(fields, form), {})
}

describe('a form that someone else overtook', () => {
  const rinas = managed(2, { name: 'Menteng Raya' }, [change(2, 'Rina', { name: 'Menteng' })])

  it('keeps what only the other changed, and what only this one typed', () => {
    const { clash, typed, version } = post({ phone: '022' }, rinas)
    expect(clash).toMatchObject({ both: [], theirs: ['name'], mine: ['phone'], by: { by: 'Rina' } })
    expect(typed).toEqual({ name: 'Menteng Raya', phone: '022', howToFindIt: '' })
    expect(version).toBe(2)
  })

  it('lets someone choose where both changed the same field, and chooses neither', () => {
    const { clash, typed } = post({ name: 'Menteng Baru' }, rinas)
    expect(clash?.both).toMatchObject([
      { name: 'name', theirs: 'Menteng Raya', mine: 'Menteng Baru', choice: null, isMissing: false },
    ])
    expect(typed.name).toBe('Menteng Baru')
  })

  it('has nothing to choose where both typed the same', () => {
    expect(post({ name: 'Menteng Raya' }, rinas).clash).toMatchObject({ both: [], theirs: [], mine: [] })
  })

  it('keeps an answered choice when the save is refused for something else', () => {
    const again = { name: 'Menteng Baru', version: '2', seen: '1', choose: 'name' }
    expect(post({ ...again, choice_name: 'mine' }, rinas).clash?.both).toMatchObject([{ choice: 'mine' }])
    expect(post(again, rinas).clash?.both).toMatchObject([{ choice: null, isMissing: true }])
  })

  it('asks once more after a third change of the same field, and says whose it was', () => {
    const sitis = managed(3, { name: 'Menteng Lama' }, [
      change(2, 'Rina', { name: 'Menteng' }),
      change(3, 'Siti', { name: 'Menteng Raya' }),
    ])
    const again = { name: 'Menteng Baru', version: '2', seen: '1', choose: 'name', choice_name: 'mine' }
    expect(post(again, sitis).clash?.both).toMatchObject([
      { theirs: 'Menteng Lama', mine: 'Menteng Baru', choice: null, by: { by: 'Siti' } },
    ])
    expect(post({ ...again, choice_name: 'theirs' }, sitis).clash?.both).toMatchObject([
      { theirs: 'Menteng Lama', mine: 'Menteng Baru', choice: null },
    ])
  })

  it('knows a field that was changed and changed back', () => {
    const back = managed(3, {}, [change(2, 'Rina', { name: 'Menteng' }), change(3, 'Rina', { name: 'Raya' })])
    expect(post({ name: 'Menteng Baru' }, back).clash).toMatchObject({ both: [], theirs: [], mine: ['name'] })
  })

  it('takes nonsense for a version that is long gone', () => {
    expect(postedIn(fields, formOf({ version: 'x', choose: 'nothing', choice_name: 'hers' }))).toEqual({
      version: 0,
      seen: 0,
      choices: {},
    })
  })
})

describe('the fields of a form', () => {
  const read = (typed: Record<string, string>) =>
    readTexts(fields, { name: 'A', phone: '', howToFindIt: '', ...typed })

  it('remove what is empty, if it may be', () => {
    expect(read({})).toEqual({ ok: true, values: { name: 'A', phone: null, howToFindIt: null } })
    expect(read({ name: '' })).toEqual({ ok: false, faults: { name: 'missing' } })
  })

  it('are read as the verb reads them', () => {
    expect(read({ phone: '0'.repeat(41) })).toEqual({ ok: false, faults: { phone: 'too_long_a_text' } })
    expect(readTexts(fields, { name: '', phone: '1' }, ['name', 'howToFindIt'])).toEqual({
      ok: true,
      values: { phone: '1' },
    })
  })

  it('take times as people write them', () => {
    const clock = { opens: { kind: 'time', shape: line(5) } } satisfies FormFields
    for (const [typed, opens] of [
      ['8', '08:00'],
      ['830', '08:30'],
      ['8.30', '08:30'],
      ['08:30', '08:30'],
      ['soon', 'soon'],
    ])
      expect(readTexts(clock, { opens: typed ?? '' })).toEqual({ ok: true, values: { opens } })
  })
})
