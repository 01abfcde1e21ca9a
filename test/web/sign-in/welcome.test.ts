import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openClinic } from '../../support/clinic.ts'
import { openAccount, openSession, registerPatient } from '../../support/people.ts'

const { sql, origin } = await openClinic()
const email = 'siti.family@example.com'
let invited: number
let invitation: string

const ask = (asking: string) =>
  sql.query(
    `update clinic_settings set asks_birth_date = '${asking}', asks_phone = '${asking}', asks_sex = '${asking}'`,
  )

beforeAll(async () => {
  invited = await registerPatient(sql, 'Siti Rahmawati')
  await sql.query(`update patients set birth_date = '1980-05-17' where id = $1`, [invited])
  const { rows } = await sql.query(
    `insert into patient_invitations (patient_id, email, relation, invited_at, expires_at, code_hash)
     values ($1, $2, 'self', now(), now() + interval '1 day', 'x') returning id`,
    [invited, email],
  )
  invitation = rows[0].id
})
afterAll(() => sql.query(`update clinic_settings set asks_sex = 'no'`))

async function newcomer(address?: string) {
  const account = await openAccount(sql, { isComplete: false, name: '', ...(address && { email: address }) })
  const cookie = await openSession(sql, account)
  const send = async (form?: Record<string, string>) => {
    const response = await fetch(`${origin}/welcome`, {
      method: form ? 'POST' : 'GET',
      headers: { Cookie: cookie, Origin: origin },
      body: form ? new URLSearchParams(form) : null,
      redirect: 'manual',
    })
    return { status: response.status, page: await response.text() }
  }
  const patients = async () =>
    (
      await sql.query(
        `select patients.id::int, birth_date::text, phone, sex from account_patients
         join patients on patients.id = patient_id where account_id = $1`,
        [account],
      )
    ).rows
  return { send, patients }
}

const complete = { name: 'Siti', terms: 'accepted' }

describe('the welcome page', () => {
  it('asks for what the clinic asks for, and reads a phone number as people type it', async () => {
    await ask('required')
    const { send, patients } = await newcomer()
    const { page } = await send()
    for (const field of ['birth_date', 'phone', 'sex']) expect(page).toContain(`name="${field}"`)
    expect(page).not.toContain('name="invitation_id"')
    expect(page).not.toContain('href="/patients"')
    const refused = await send({ ...complete, phone: '0812-3456-7890' })
    expect([refused.status, refused.page.match(/aria-invalid/g)?.length]).toEqual([422, 2])
    expect(refused.page).toContain('value="0812-3456-7890"')
    const told = { birth_date: '1990-05-17', phone: '0812-3456-7890', sex: 'female' }
    expect((await send({ ...complete, ...told })).status).toBe(303)
    expect(await patients()).toEqual([{ ...told, id: expect.any(Number), phone: '+6281234567890' }])
    await ask('no')
    const { page: bare } = await (await newcomer()).send()
    for (const field of ['birth_date', 'phone', 'sex']) expect(bare).not.toContain(`name="${field}"`)
  })

  it('asks those who were invited who they are, with one date of birth', async () => {
    for (const asking of ['required', 'no']) {
      await ask(asking)
      await sql.query('delete from accounts where email = $1', [email])
      const { send } = await newcomer(email)
      const { page } = await send()
      expect(page).toContain('I’m Siti')
      expect(page).toContain('I’m someone else who uses this address')
      expect(page.match(/name="birth_date"/g)).toHaveLength(1)
      const wrong = { ...complete, invitation_id: invitation, birth_date: '1999-01-01' }
      const refused = await send(wrong)
      expect(refused.status).toBe(422)
      expect(refused.page).toMatch(/id="birth_date"[^>]*value="1999-01-01"[^>]*aria-invalid/)
      expect(refused.page).toMatch(new RegExp(`value="${invitation}"[^>]*checked`))
    }
  })

  it('registers someone else who uses the address, or lets the invited person in, who is asked nothing else', async () => {
    await ask('required')
    await sql.query('delete from accounts where email = $1', [email])
    const { send, patients } = await newcomer(email)
    const missing = await send({ ...complete, invitation_id: 'none' })
    expect([missing.status, missing.page.match(/aria-invalid/g)?.length]).toEqual([422, 3])
    const done = await send({ ...complete, invitation_id: invitation, birth_date: '1980-05-17' })
    expect(done.status).toBe(303)
    expect(await patients()).toMatchObject([{ id: invited, birth_date: '1980-05-17' }])
  })
})
