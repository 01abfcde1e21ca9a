import type pg from 'pg'

export const patients = 500_000

/** The commonest names of Indonesia first, and so many more that a list of names has as long a tail as a register. */
const given =
  'siti muhammad nur sri budi dewi ahmad agus putri eko ani rina wahyu rizki indah fitri ayu andi hendra yanti joko lestari adi bambang dian ratna maria yusuf lina tri eka made wayan ketut nyoman abdul dwi rahmat yuni heri rini susi dedi rudi irwan anita tuti nurul iwan arif mega intan kartika bayu fajar galih yoga ilham reza dimas rangga putra aulia nadia salsabila'
const family =
  'santoso wijaya saputra setiawan hidayat pratama nugroho rahayu susanto kurniawan lestari wibowo utami gunawan hartono siregar nasution lubis harahap simanjuntak purnomo suryadi mulyadi handayani wulandari permata maulana ramadhan firmansyah hakim halim kusuma sitorus ginting sinaga tanjung batubara pane susilo prasetyo'
const starts =
  'ba be bi bu da de di du fa ga ha ja ka la ma na pa ra sa ta wa ya zu ri mi su le no si to'.split(' ')
const ends = 'din ni wan yah ti no man ra ri to na sari wati di ko ful lah mi ga dan'.split(' ')
const tail = starts.flatMap((one) =>
  starts.slice(0, 12).flatMap((two) => ends.map((end) => `${one}${two}${end}`)),
)

const givenNames = [...given.split(' '), ...tail.filter((_, nth) => nth % 2 === 0)]
const familyNames = [...family.split(' '), ...tail.filter((_, nth) => nth % 2 === 1)]

/** The same numbers in each run. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Zipf's law: the nth name is about n times as rare as the first. */
function drawn(names: string[], draw: () => number): string {
  const nth = Math.floor(8 * ((names.length / 8 + 1) ** draw() - 1))
  const name = names[Math.min(nth, names.length - 1)] ?? ''
  return name[0]?.toUpperCase() + name.slice(1)
}

interface Person {
  name: string
  birthDate: string
  phone: string | null
  nik: string | null
}

function drawPerson(draw: () => number, nth: number): Person {
  const parts = draw()
  const words = [drawn(givenNames, draw)]
  if (parts < 0.3) words.push(drawn(givenNames, draw))
  if (parts < 0.92) words.push(drawn(familyNames, draw))
  const year = 2026 - Math.floor(95 * draw() ** 1.3)
  const [month, day] = draw() < 0.05 ? [1, 1] : [1 + Math.floor(12 * draw()), 1 + Math.floor(28 * draw())]
  const number = 10_000_000 + Math.floor(draw() * 890_000_000)
  return {
    name: words.join(' '),
    birthDate: `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
    phone: draw() < 0.85 ? `+628${number}` : null,
    nik: draw() < 0.4 ? `31${String(nth).padStart(14, '0')}` : null,
  }
}

/** Fills a database with patients and their keys, a doctor who has seen 5,000 of them, and one who has seen 300. */
export async function registerPeople(sql: pg.Pool): Promise<void> {
  await sql.query(`
    alter table patients disable trigger patients_are_indexed;
    alter table patient_identifiers disable trigger patient_identifiers_are_indexed;
    drop index if exists patient_search_keys_by_key`)
  const { rows } = await sql.query('select coalesce(max(id), 0)::int as registered from patients')
  const draw = chance(7)
  for (let from = 1; from <= patients; from += portion) {
    const people = Array.from({ length: portion }, (_, nth) => drawPerson(draw, from + nth))
    if (from > rows[0].registered) await registerPortion(sql, people, from)
  }
  await sql.query(`
    create index patient_search_keys_by_key on patient_search_keys (key, patient_id);
    alter table patients enable trigger patients_are_indexed;
    alter table patient_identifiers enable trigger patient_identifiers_are_indexed`)
  await fillDays(sql)
}

const portion = 20_000

/** In one transaction, so that an interrupted run continues. */
async function registerPortion(sql: pg.Pool, people: Person[], from: number): Promise<void> {
  await sql.query(
    `with
    person as materialized (
      select $4::int + nth - 1 as id, name, birth_date, phone, nik, nth
      from unnest($1::text[], $2::text[], $3::text[], $5::text[]) with ordinality person (name, birth_date, phone, nik, nth)
    ),
    registered as (
      insert into patients (id, name, birth_date, phone, contact_email) overriding system value
      select id, name, birth_date::date, phone,
        case when nth % 3 = 0 then replace(lower(name), ' ', '.') || nth % 900 || '@example.com' end
      from person
      returning *
    ),
    identified as (
      insert into patient_identifiers (patient_id, issuer, value)
      select id, 'nik', nik from person where nik is not null
      union all
      select id, 'record', 'RM-' || lpad(id::text, 6, '0') from person
      returning *
    )
    insert into patient_search_keys (key, patient_id)
    select patient_keys(registered), id from registered
    union
    select identifier_keys(issuer, value), patient_id from identified`,
    [
      people.map(({ name }) => name),
      people.map(({ birthDate }) => birthDate),
      people.map(({ phone }) => phone),
      from,
      people.map(({ nik }) => nik),
    ],
  )
}

async function fillDays(sql: pg.Pool): Promise<void> {
  await sql.query(`
    insert into locations (name, time_zone) values ('Menteng', 'Asia/Jakarta');
    insert into doctors (location_id, name, specialty)
    select max(locations.id), doctor, 'general'
    from locations, unnest(array['Dr. Busy', 'Dr. New']) doctor
    group by doctor`)
  await sql.query(
    `insert into appointments (doctor_id, patient_id, status, start_at, end_at)
     select doctor.id, 1 + (n % case name when 'Dr. Busy' then 5000 else 300 end * 97) % $1, 'fulfilled', at, at + interval '15 minutes'
     from doctors doctor
     cross join lateral generate_series(1, case name when 'Dr. Busy' then 5000 else 300 end * 3) n
     cross join lateral (select timestamptz '2020-01-01 00:00Z' + n * interval '20 minutes' as at) start
     on conflict do nothing`,
    [patients],
  )
}
