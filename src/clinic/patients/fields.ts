import * as z from 'zod'
import { identifierIssuers } from '../../../drizzle/schema/patient-identifiers.ts'
import { channels } from '../../../drizzle/schema/patients.ts'
import {
  birthDate,
  closed,
  email,
  fault,
  languageTag,
  listOf,
  paragraph,
  personName,
  phone,
  sex,
} from '../shapes.ts'

const error = fault('not_a_choice')

export const channel = z.enum(channels, { error })
export const issuer = z.enum(identifierIssuers, { error })

/** How each issuer writes its numbers; spaces and small letters are put right before. */
const written: Record<z.infer<typeof issuer>, (value: string) => boolean> = {
  nik: isNik,
  bpjs: (value) => /^\d{13}$/.test(value),
  // ICAO 9303: the issuing country, then up to nine letters and digits.
  passport: (value) => /^[A-Z]{2}:[A-Z0-9]{5,9}$/.test(value),
  record: (value) => /^[0-9A-Z./-]{1,40}$/.test(value),
}

const identifier = closed({
  issuer,
  value: z.string({ error: fault('missing') }).overwrite((value) => value.replace(/\s/g, '').toUpperCase()),
}).refine(({ issuer, value }) => written[issuer](value), { error: 'not_an_identifier', path: ['value'] })

export type Identifier = z.infer<typeof identifier>

const tooMany = { error: fault('not_a_list') }

/** What a record says of a person, apart from their name. Null is unknown. */
export const recordShape = {
  /** What to call them, when it is not their name. */
  calledName: personName.nullable(),
  birthDate: birthDate.nullable(),
  sex: sex.nullable(),
  phone: phone.nullable(),
  /** Where they are written to; a family may share it. It gives no one the record. */
  contactEmail: email.nullable(),
  /** The preferred one first. */
  languages: listOf(languageTag).max(5, tooMany),
  preferredChannel: channel.nullable(),
  /** May have several lines. */
  address: paragraph(500).nullable(),
  /** Patients never see it. */
  deskNote: paragraph(1000).nullable(),
  /** All of them. */
  identifiers: listOf(identifier).max(10, tooMany),
}

/** Indonesia's NIK: region (2, 2, 2), birth date as ddmmyy with 40 added to a woman's day, serial number. */
function isNik(value: string): boolean {
  const parts = /^([1-9][1-9])(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{4})$/.exec(value)?.slice(1).map(Number)
  if (!parts) return false
  const [, city = 0, district = 0, written = 0, month = 0, , serial = 0] = parts
  const day = written > 40 ? written - 40 : written
  // February has 29 days here, because the century is unknown.
  const lastDay = new Date(Date.UTC(2000, month, 0)).getUTCDate()
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= lastDay
  return city > 0 && district > 0 && isDay && serial > 0
}
