import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { personName, remark } from '../../src/clinic/shapes.ts'

const faultIn = (written: string, schema = personName) => schema.safeParse(written).error?.issues[0]?.message

describe('a name', () => {
  it.each([
    'Sukarno',
    'O’Brien',
    "O'Brien",
    'Nguyễn Thị Minh',
    '王小明',
    'محمد',
    'م\u200C',
    'علی\u200Cرضا',
    'രാജന്\u200D',
    'Anne-Marie',
    'dr. Siti Nurhaliza, Sp.A(K)',
    'J\u0332',
    '葛\u{E0100}城',
    'Bidan 👩🏽\u200D⚕\uFE0F',
    '李',
    '2',
  ])('may be %j', (name) => expect(personName.parse(name)).toBe(name.normalize('NFC')))

  it.each([
    '\u200B',
    '\u200D\u200C',
    '\u2060\u00AD',
    '\u3164',
    '\u2800',
    '\uFE0F',
    '\u0301',
    'Budi\u200B',
    'Bu\u00ADdi',
    'Bu\uFEFFdi',
    'Budi\u200C',
    'Budi\uFE0F',
    'Budi \u200D Santoso',
    'Budi\u{E0041}',
    '\u202EidUB',
    '\u2066Budi\u2069',
    'Budi\u200E',
    '\u061CBudi',
  ])('may not be %j, which hides something', (name) => {
    expect(faultIn(name)).toBe('invisible')
    expect(faultIn(`because ${name}`, remark)).toBe(name === '\u0301' ? undefined : 'invisible')
  })

  it.each(['Budi\u0007', 'Budi\nSantoso', 'Budi\u2028Santoso', '\u0085a'])(
    'may not break its line: %j',
    (name) => {
      expect(faultIn(name)).toBe('not_a_name')
    },
  )

  it('is stored trimmed, in its composed form', () => {
    expect(personName.parse('  Nguye\u0302\u0303n ')).toBe('Nguyễn')
    expect(personName.parse('\uFEFFBudi\u3000')).toBe('Budi')
  })

  it('has 100 characters at most, also once composed', () => {
    expect(faultIn('é'.repeat(101))).toBe('too_long_a_name')
    expect(faultIn('\u0958'.repeat(60))).toBe('too_long_a_name')
    expect(personName.parse('\u0958'.repeat(50))).toHaveLength(100)
  })

  it('always shows something, and never changes the direction of writing', () => {
    const bidi = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/
    const strange = fc.constantFrom(
      ...' a王م\u0301\u200B\u200C\u200D\u200E\u202E\u2066\u00AD\uFE0F\uFEFF\u2800👩\u3164\u0000',
    )
    const written = fc.string({
      unit: fc.oneof(strange, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })),
      maxLength: 12,
    })
    fc.assert(
      fc.property(written, (text) => {
        const { data, success } = personName.safeParse(text)
        fc.pre(success)
        expect(data).toMatch(/[\p{L}\p{N}\p{P}\p{S}]/u)
        expect(data).not.toMatch(bidi)
        expect(data).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u200B\u2060\u00AD\u2800\u3164\uFEFF]/u)
        expect(data).toBe(data?.normalize('NFC').trim())
        expect(personName.parse(data)).toBe(data)
      }),
      { numRuns: 2000, seed: 20_261_128 },
    )
  })
})
