import { type AnyColumn, sql } from 'drizzle-orm'

// What is invisible or changes the direction of writing, wherever it stands. Joiners and variation selectors are not among
// it: src/clinic/shapes.ts says where they may stand.
const unseen =
  String.raw`\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F` +
  String.raw`\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF`
const blank = String.raw`\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F`

/** The condition that a name shows something and hides nothing. */
export function isLegible(name: AnyColumn) {
  return sql`${name} !~ ${sql.raw(`'[${unseen}]'`)} and ${name} ~ ${sql.raw(`'[^${blank}]'`)}`
}
