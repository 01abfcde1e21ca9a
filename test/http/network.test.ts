import { expect, it } from 'vitest'
import { networkOf } from '../../src/http/network.ts'

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['unknown', 'unknown'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0db8:0001:0002:0003:0004:0005:0006', '2001:db8:1:2'],
  ['2001:DB8:1:2::7', '2001:db8:1:2'],
  ['2001:db8:1:2::', '2001:db8:1:2'],
  ['2001:db8:1::9', '2001:db8:1:0'],
  ['2001:db8::1:2:3:4', '2001:db8:0:0'],
  ['2001:db8::', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['1::8', '1:0:0:0'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

it.each([
  ['one /64 in two spellings', '2001:db8:0:2::7', '2001:0DB8::2:a:b:c:d', true],
  ['two neighbouring /64s', '2001:db8:1:2::7', '2001:db8:1:3::7', false],
  ['two IPv4 addresses', '192.0.2.7', '192.0.2.8', false],
  ['two IPv4 addresses written as IPv6', '::ffff:192.0.2.7', '::ffff:192.0.2.8', false],
  ['one IPv4 address written both ways', '::ffff:192.0.2.7', '192.0.2.7', true],
])('%s', (_, one, other, isSame) => {
  expect(networkOf(one) === networkOf(other)).toBe(isSame)
})
