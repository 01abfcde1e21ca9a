import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../scripts/local/browser.ts'
import { openClinic } from '../support/clinic.ts'
import { hireDoctor, openAccount, openSession, registerPatient } from '../support/people.ts'
import { findClipped } from './look.ts'

const clinic = await openClinic()
const { sql, origin } = clinic
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8')
const longName = 'Raden Ajeng Kusumaningsih Wiryohadiprodjo Notodiningrat'
let browser: Browser
let patient: number
let frequent: number
let cookie: string

beforeAll(async () => {
  browser = await launchBrowser()
  patient = await registerPatient(sql, longName)
  frequent = await registerPatient(sql, 'Patient Frequent')
  cookie = await openSession(sql, await openAccount(sql, { role: 'front_desk' }))
  await openAccount(sql, { patientIds: [patient] })
  const doctor = await hireDoctor(sql)
  const enter = (of: number, many: number) =>
    sql.query(
      `with made as (
         insert into appointments (doctor_id, patient_id, start_at, end_at, reason_for_visit)
         select $1, $2, start, start + interval '30 minutes', 'A cough that will not go away, since ' || n
         from generate_series(1, $3::int) n, lateral (select timestamptz '2031-01-01' + ($2::int * 6000 + n) * interval '1 hour') at (start)
         returning id, start_at
       )
       insert into events (appointment_id, number, kind, at, actor_kind, reason, before, after, previous_hash, hash)
       select
         id, number, case number when 1 then 'appointment.booked' else 'appointment.rescheduled' end, start_at, 'patient',
         'Snow on the road', case when number > 1 then jsonb_build_object('start_at', number - 1) end,
         jsonb_build_object('status', 'booked', 'doctor_id', $1::int, 'patient_id', $2::int, 'start_at', number),
         case when number > 1 then '\\x00'::bytea end, '\\x00'
       from made, generate_series(1, 3) number`,
      [doctor, of, many],
    )
  await enter(patient, 3)
  await enter(frequent, 5_000)
  await sql.query('analyze')
})
afterAll(() => browser.close())

async function download(of: number, format: 'html' | 'json', language = 'en') {
  const from = performance.now()
  const response = await fetch(`${origin}/patients/${of}/export?format=${format}&lang=${language}`, {
    headers: { Cookie: cookie },
  })
  const text = await response.text()
  return { status: response.status, text, seconds: (performance.now() - from) / 1000 }
}

describe.each(['light', 'dark'] as const)('the file to read, %s,', (colorScheme) => {
  it.each([
    ['en', 360],
    ['id', 360],
    ['en', 1280],
  ])('in %s at %i px stands alone and has no violations', async (language, width) => {
    const { text } = await download(patient, 'html', language)
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 800 },
      bypassCSP: true,
    })
    const page = await context.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: text }))
    await page.goto('http://file.invalid/')
    expect(asked).toEqual(['http://file.invalid/'])
    expect(await page.evaluate(findClipped)).toEqual([])
    await page.evaluate(axe)
    const { violations } = (await page.evaluate('axe.run()')) as { violations: { id: string }[] }
    expect(violations.map(({ id }) => id)).toEqual([])
    await context.close()
  })
})

describe('a patient with 5,000 appointments', () => {
  it.each(['json', 'html'] as const)('gets everything as %s', async (format) => {
    await download(frequent, format)
    clinic.takeTrips()
    const { status, text, seconds } = await download(frequent, format)
    expect([status, clinic.takeTrips().length]).toEqual([200, 1])
    expect(text.match(/A cough that will not go away/g)).toHaveLength(5_000)
    console.info(`${format}: ${(text.length / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s`)
    expect(text.length).toBeLessThan(20e6)
  })
})
