import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findDestruction } from '../../../scripts/deploy/destruction.ts'

const find = (...sqls: string[]) => findDestruction(sqls.map((sql) => ({ name: 'next', sql })))

it.each([
  ['drop table patients, clinic.rooms', 'drops table patients', 'drops table clinic.rooms'],
  ['drop view who_is_in', 'drops view who_is_in'],
  ['drop function if exists open_hours(bigint, date)', 'drops function open_hours'],
  ['drop schema clinic cascade', 'drops schema clinic'],
  [
    'alter table patients drop column email, drop column phone',
    'drops column patients.email',
    'drops column patients.phone',
  ],
  ['alter table doctors alter column grid_minutes type integer', 'changes the type of doctors.grid_minutes'],
  ['alter table doctors alter specialty set not null', 'makes doctors.specialty not null'],
  ['alter table doctors add room text not null', 'adds doctors.room, not null and without a default'],
  ['alter table doctors rename column name to full_name', 'renames column doctors.name to full_name'],
  ['alter table doctors rename to people', 'renames table doctors to people'],
  ['truncate sessions, verifications', 'empties sessions, verifications'],
  ['DELETE FROM sessions', 'deletes rows'],
  [
    'with old as (delete from sessions where true returning 1) insert into t select * from old',
    'deletes rows',
  ],
  ['do $$ begin execute $q$ drop table patients $q$; end $$', 'runs a do block, which is not analysed'],
])('%s is destructive', async (sql, ...what) => {
  expect(await find(sql)).toEqual(what.map((each) => `next ${each}`))
})

it.each([
  'create table rooms (id bigint primary key, name text not null)',
  "alter table doctors add column room text not null default 'A'",
  'alter table doctors add column room text',
  'alter table doctors add column label text generated always as (name || specialty) stored not null',
  'alter table appointments drop constraint appointments_only_holds_expire',
  'drop index appointments_by_expiry',
  "comment on table patients is 'drop table patients; delete from patients'",
  '-- drop table patients\nselect 1',
  "update patients set name = 'truncate patients' where false",
  'create function forget() returns void language sql begin atomic delete from sessions; end',
])('%s only adds', async (sql) => {
  expect(await find(sql)).toEqual([])
})

it('a migration may drop what it made itself', async () => {
  const make = 'create table rooms (id bigint); create function f() returns int language sql return 1'
  expect(
    await find(make, 'alter table rooms add name text not null; drop function f(); drop table rooms'),
  ).toEqual([])
})

it('a function that an earlier release retired may be dropped', async () => {
  const migration = { name: 'next', sql: 'drop function open_hours(bigint, date), next_free_start(bigint)' }
  expect(await findDestruction([migration], ['open_hours'])).toEqual(['next drops function next_free_start'])
})

it('reads every migration', async () => {
  const files = readdirSync('migrations').filter((name) => name.endsWith('.sql'))
  const all = files.map((name) => ({ name, sql: readFileSync(join('migrations', name), 'utf8') }))
  expect(await findDestruction(all)).toEqual([])
})
