import { describe, expect, it } from 'vitest'
import { networkOf } from '../../src/http/network.ts'

describe('an IPv6 address counts as its household’s /56, and more widely as its /48', () => {
  it.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:0::/56', '2001:db8:1::/48'],
    ['2001:0db8:0001:0002:0003:0004:0005:0006', '2001:db8:1:0::/56', '2001:db8:1::/48'],
    ['2001:DB8:1:2::7', '2001:db8:1:0::/56', '2001:db8:1::/48'],
    ['2001:db8:1:ab02::', '2001:db8:1:ab00::/56', '2001:db8:1::/48'],
    ['2001:db8::1:2:3:4', '2001:db8:0:0::/56', '2001:db8:0::/48'],
    ['2001:db8::', '2001:db8:0:0::/56', '2001:db8:0::/48'],
    ['::1', '0:0:0:0::/56', '0:0:0::/48'],
    ['1::8', '1:0:0:0::/56', '1:0:0::/48'],
    ['2001:db8::192.0.2.7', '2001:db8:0:0::/56', '2001:db8:0::/48'],
  ])('%s', (address, network, wider) => {
    expect(networkOf(address)).toEqual({ network, wider })
  })
})

describe('IPv4 counts as its address, however it is written or carried', () => {
  it.each(['192.0.2.7', '::ffff:192.0.2.7', '::FFFF:c000:207', '0:0:0:0:0:ffff:c000:207'])(
    '%s',
    (address) => {
      expect(networkOf(address)).toEqual({ network: '192.0.2.7', wider: null })
    },
  )

  it.each([
    ['NAT64', '64:ff9b::192.0.2.7'],
    ['6to4, in any of its networks', '2002:c000:207:abcd::1'],
  ])('%s', (_, address) => {
    expect(networkOf(address)).toEqual({ network: '192.0.2.7', wider: null })
  })
})

it.each(['unknown', '', '1:2:3', '1:2:3:4:5:6:7:8:9', '1::2::3', 'fe80::1%eth0', 'g::1'])(
  'what is no address counts as itself: %j',
  (address) => {
    expect(networkOf(address)).toEqual({ network: address, wider: null })
  },
)

it.each([
  ['one /64 in two spellings', '2001:db8:0:2::7', '2001:0DB8::2:a:b:c:d', true],
  ['two /64s of one household', '2001:db8:1:2::7', '2001:db8:1:3::7', true],
  ['two neighbouring households', '2001:db8:1:2::7', '2001:db8:1:102::7', false],
  ['two IPv4 addresses', '192.0.2.7', '192.0.2.8', false],
])('%s', (_, one, other, isSame) => {
  expect(networkOf(one).network === networkOf(other).network).toBe(isSame)
})
