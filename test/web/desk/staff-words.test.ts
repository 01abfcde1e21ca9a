import { beforeAll, describe, expect, it } from 'vitest'
import { type SampleClinic, samplePath } from '../../../src/api/description/sample.ts'
import { openClinic } from '../../support/clinic.ts'
import { textOf } from '../../support/desk-pages.ts'
import { hireDoctor, openAccount, openSession, registerPatient } from '../../support/people.ts'
import { allRoutes } from '../../support/routes.ts'
import { openSampleClinic } from '../../support/sample-clinic.ts'

// No page that staff can reach speaks to them as if they were the patient, whatever they do there.

const clinic = await openClinic()
const { sql, origin } = clinic
const who = ['front_desk', 'doctor', 'admin'] as const
let sample: SampleClinic
let cookies: Record<(typeof who)[number], string>

/** What only a patient is told. */
const forPatients = {
  en: /\byour (next )?(appointments?|visits?|bookings?|calendar|doctor|session|group)\b|\b(call|ask|tell) (us|the clinic|the front desk)\b|\bwe(’|'| wi)ll (see|email|call) you\b|\byou(’|')re booked\b|\bwe hold it\b|\bonline\. please\b/gi,
  id: /\b(janji temu|kunjungan|kalender|dokter|jadwal) Anda\b|\b(telepon|hubungi|tanyakan (kepada|ke)|kabari|beri tahu) (kami|klinik|front desk|petugas|bagian pendaftaran)\b/gi,
}

/**
 * Theirs as the holder of an account, what everyone sees, what a link shows its patient, and what patients are given:
 * their file, and the texts that admins edit.
 */
const isElsewhere = (path: string) =>
  /^\/(account|patients\/:id\/export|admin\/messages\/:kind|booking|sign-|welcome|assets|m\/|w\/|api|healthz|dependants|fhir)|^\/$|\*/.test(
    path,
  )

const routes = allRoutes()
  .filter(({ method, path }) => ['GET', 'POST'].includes(method) && !isElsewhere(path))
  .map(({ method, path }) => `${method} ${path}`)

beforeAll(async () => {
  const [doctor, patient] = [await hireDoctor(sql), await registerPatient(sql)]
  sample = openSampleClinic(clinic, { doctor, patient })
  const signIn = async (wishes: Parameters<typeof openAccount>[1]) =>
    openSession(sql, await openAccount(sql, wishes))
  cookies = {
    front_desk: await signIn({ role: 'front_desk' }),
    doctor: await signIn({ role: 'doctor', doctorId: doctor }),
    admin: await signIn({ role: 'admin' }),
  }
})

async function saidAt(route: string, role: (typeof who)[number], language: 'en' | 'id'): Promise<string[]> {
  const [method = '', path = ''] = route.split(' ')
  const headers = {
    Cookie: `${cookies[role]}; language=${language}`,
    'Accept-Language': language,
    Origin: origin,
  }
  // A form without its fields: its page comes again, and says what is missing.
  const body = method === 'POST' ? new URLSearchParams({ version: '0' }) : null
  const answer = await fetch(origin + (await samplePath(path, sample)), { method, headers, body })
  if (!answer.headers.get('Content-Type')?.startsWith('text/html')) return []
  const text = textOf((await answer.text()).replace(/<(script|style)[\s\S]*?<\/\1>/g, ' '))
  return [...text.matchAll(forPatients[language])].map(
    ({ index }) => `${role}: …${text.slice(Math.max(0, index - 40), index + 40)}…`,
  )
}

describe.each(routes)('%s', (route) => {
  it.each(['en', 'id'] as const)('speaks to staff as staff (%s)', async (language) => {
    const said: string[] = []
    for (const role of who) said.push(...(await saidAt(route, role, language)))
    expect(said).toEqual([])
  })
})
