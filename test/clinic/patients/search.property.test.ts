import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { searchPatients } from '../../../src/clinic/patients/search.ts'
import { openClinic } from '../../support/clinic.ts'
import { seed } from '../../support/seed.ts'

const { sql, context } = await openClinic({ worker: false })

/** Given names and family names of people as they are written in twelve scripts. */
const people: Record<string, { given: string; family: string; isJoined?: boolean }> = {
  latin: {
    given: 'Siti Nurul Zoë Łukasz Søren Ağa İbrahim Đức Jürgen Þóra Chloé Nguyên Ana-María Mc’Kenzie',
    family: 'Santoso Nguyễn O’Brien Müller Żółw Åberg D’Angelo Ñíguez Wójcik Çelik Van-Dijk Rahmawati',
  },
  cyrillic: { given: 'Андрей Ёжи Іван Ђорђе Наталья', family: 'Иванов Йовић Щукин Ґалаґан Ульянова' },
  greek: { given: 'Γιώργος Ελένη Νίκος Ζωή', family: 'Παπαδόπουλος Οικονόμου Ιωαννίδης' },
  arabic: { given: 'محمّد أحمد إيمان فاطمة عليّ', family: 'العربي حسين مصطفى الزهراء' },
  hebrew: { given: 'דָּוִד שרה משה ז׳אן', family: 'כהן לוי פרץ' },
  devanagari: { given: 'अमित ज़ोया राम क़ासिम', family: 'शर्मा गुप्ता पाण्डेय' },
  bengali: { given: 'সুমন রিয়া অমিত', family: 'দাস মুখোপাধ্যায় রায়' },
  tamil: { given: 'குமார் லட்சுமி ரவி', family: 'சுப்பிரமணியன் முருகன்' },
  thai: { given: 'สมชาย สุดา น้ำฝน', family: 'ใจดี ทองคำ แก้วมณี' },
  han: { given: '小明 秀英 伟 建國', family: '王 李 歐陽 張', isJoined: true },
  hangul: { given: '민수 지영 하늘', family: '김 박 남궁', isJoined: true },
  kana: { given: 'さくら ひろし ガク', family: 'タナカ すずき わたなべ' },
}

const nameIn = fc.constantFrom(...Object.values(people)).chain(({ given, family, isJoined }) => {
  const one = (list: string) => fc.constantFrom(...list.split(' '))
  return fc
    .tuple(one(given), fc.option(one(given), { nil: undefined, freq: 3 }), one(family))
    .map(([first, middle, last]) =>
      isJoined ? `${last}${first}` : [first, middle !== first && middle, last].filter(Boolean).join(' '),
    )
})

const dense = /[\p{Script=Han}\p{Script=Hangul}]/u
const enough = (word: string) => (dense.test(word) ? 2 : 3)
const letters = (word: string) => [...new Intl.Segmenter().segment(word)].map(({ segment }) => segment)

/** Ways in which the very same name is typed. */
const spellings: Record<string, (name: string) => string> = {
  'as written': (name) => name,
  'in small letters': (name) => name.toLowerCase(),
  'in capitals': (name) => name.toUpperCase(),
  decomposed: (name) => name.normalize('NFD'),
  'with another apostrophe': (name) => name.replaceAll('’', "'"),
  'without apostrophes': (name) => name.replaceAll('’', ''),
  'without accents': (name) =>
    dense.test(name) || !/[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u.test(name)
      ? name
      : name.normalize('NFD').replace(/[\u0300-\u036f]/g, ''),
  'on a plain keyboard': (name) =>
    name.replaceAll('Ł', 'L').replaceAll('ø', 'o').replaceAll('Đ', 'D').replaceAll('ł', 'l'),
  'with the last name first': (name) => name.split(' ').reverse().join(', '),
  'with spaces around': (name) => `  ${name.replaceAll(' ', '   ')} `,
}

/** Ways in which a person is looked for before the name is complete. */
const beginnings: Record<string, (name: string) => string> = {
  'the last word unfinished': (name) => shorten(name, name.split(' ').length - 1),
  'the first word unfinished': (name) => shorten(name, 0),
  'one word': (name) => name.split(' ').at(-1) ?? name,
  'two unfinished words': (name) => shorten(shorten(name, 0), name.split(' ').length - 1),
}

function shorten(name: string, nth: number): string {
  const words = name.split(' ')
  const word = letters(words[nth] ?? '')
  return words
    .map((whole, at) =>
      at === nth ? word.slice(0, Math.max(enough(whole), word.length - 2)).join('') : whole,
    )
    .join(' ')
}

const ids = new Map<string, number>()

/** The clinic's own number for the nth person. */
const recordOf = (id: number) => `RM-${String(id).padStart(6, '0')}`

/** Ways in which a record number is typed. */
const numbers: Record<string, (id: number) => string> = {
  'as written': recordOf,
  'in small letters with spaces': (id) => recordOf(id).toLowerCase().replace('-', ' '),
  'without its letters': (id) => recordOf(id).slice(3),
  'behind its issuer': (id) => `No. RM: ${recordOf(id).slice(3)}`,
}

beforeAll(async () => {
  const names = [
    ...new Set(fc.sample(nameIn, { numRuns: 1500, seed: 7 }).map((name) => name.normalize('NFC'))),
  ]
  const { rows } = await sql.query(
    'insert into patients (name) select unnest($1::text[]) returning id, name',
    [names],
  )
  for (const { id, name } of rows) ids.set(name, Number(id))
  const all = [...ids.values()]
  await sql.query(
    `insert into patient_identifiers (patient_id, issuer, value)
     select id, 'record', value from unnest($1::bigint[], $2::text[]) person (id, value)`,
    [all, all.map(recordOf)],
  )
})

const find = (q: string) => searchPatients(context(), { q })
const someName = () => fc.constantFrom(...ids.keys())

it.each(Object.keys(spellings))('the whole name typed %s comes first', async (way) => {
  await fc.assert(
    fc.asyncProperty(someName(), async (name) => {
      const { patients } = await find(spellings[way]?.(name) ?? name)
      const same = patients.filter((patient) => ways(patient.name).some((one) => ways(name).includes(one)))
      expect(same.map(({ id }) => id)).toContain(ids.get(name))
      expect(patients.slice(0, same.length)).toEqual(same)
    }),
    { numRuns: 40, seed },
  )
})

/** Names that nobody could tell apart by what is typed. */
function ways(name: string): string[] {
  const plain = (text: string) => spellings['on a plain keyboard']?.(text.normalize('NFKD')) ?? text
  const folded = plain(name)
    .replace(/\p{M}|’/gu, '')
    .toLowerCase()
  return [folded.split(/[ -]/).sort().join(' ')]
}

it.each(Object.keys(beginnings))('someone is found by %s, or more is asked for', async (way) => {
  await fc.assert(
    fc.asyncProperty(someName(), async (name) => {
      const { patients, isCut } = await find(beginnings[way]?.(name) ?? name)
      if (!isCut) expect(patients.map(({ id }) => id)).toContain(ids.get(name))
      else expect(patients).toHaveLength(20)
    }),
    { numRuns: 60, seed },
  )
})

it.each(Object.keys(numbers))('a record number typed %s finds its patient first', async (way) => {
  await fc.assert(
    fc.asyncProperty(someName(), async (name) => {
      const id = ids.get(name) ?? 0
      const { patients } = await find(numbers[way]?.(id) ?? '')
      expect(patients[0]).toMatchObject({ id, recordNumber: recordOf(id) })
      const both = await find(`${numbers[way]?.(id)} ${name}`)
      expect(both.patients.map((patient) => patient.id)).toEqual([id])
    }),
    { numRuns: 20, seed },
  )
})
