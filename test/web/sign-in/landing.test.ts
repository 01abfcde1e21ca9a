import { expect, it } from 'vitest'
import { landingOf } from '../../../src/web/sign-in/landing.ts'
import { desk, doctor, patient } from '../../support/actors.ts'

it('leads doctors to their day, unless they came for something', () => {
  expect(landingOf(doctor, '/booking')).toBe('/desk/mine')
  expect(landingOf(doctor, '/appointments/5')).toBe('/appointments/5')
  expect(landingOf(desk, '/booking')).toBe('/desk')
  expect(landingOf(patient(1), '/booking')).toBe('/booking')
})
