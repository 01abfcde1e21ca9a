import { generateKeyPairSync, randomBytes, sign, verify } from 'node:crypto'
import { expect, it } from 'vitest'
import {
  AsnParser,
  Certificate,
  ECDSASigValue,
} from '../../../../src/clinic/accounts/passkeys/without-certificates.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const toFixed = (integer: Uint8Array) => Buffer.from(integer.slice(-32)).toString('hex').padStart(64, '0')

it('reads r and s of 1,000 signatures, with leading zeros or without', () => {
  const lengths = new Set<number>()
  for (let n = 0; n < 1_000; n++) {
    const data = randomBytes(16)
    const signature = sign('sha256', data, privateKey)
    const { r, s } = AsnParser.parse(signature, ECDSASigValue)
    lengths.add(signature.length)
    const plain = Buffer.from(toFixed(r) + toFixed(s), 'hex')
    expect(verify('sha256', data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, plain)).toBe(true)
  }
  expect(lengths.size).toBeGreaterThan(2)
})

it.each([
  ['nothing', ''],
  ['an integer', '020101'],
  ['a sequence of one', '3003020101'],
  ['a sequence that is longer than it says', '300602010102010103'],
  ['a sequence that is shorter than it says', '3008020101020101'],
  ['an integer that is longer than the rest', '3006020101020901'],
  ['an integer of no bytes', '30050201010200'],
])('refuses %s', (_, hex) => {
  expect(() => AsnParser.parse(Buffer.from(hex, 'hex'), ECDSASigValue)).toThrow('not read')
})

it('reads nothing else', () => {
  expect(() => AsnParser.parse(Buffer.from('3006020101020101', 'hex'), Certificate)).toThrow('not read')
  expect(() => new Certificate()).toThrow('not read')
})
