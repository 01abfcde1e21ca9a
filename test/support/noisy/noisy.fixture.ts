import { it } from 'vitest'

it('says something it should not', () => {
  console.error('the printer is on fire')
})
