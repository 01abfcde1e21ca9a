import type { MiddlewareHandler } from 'hono'
import { setCookie } from 'hono/cookie'
import { languageDetector } from 'hono/language'
import type { AppEnv } from '../http/app-env.ts'
import type { Copy } from '../i18n/en.ts'
import { type Language, languageCodes, languages } from '../i18n/languages.ts'

const year = 365 * 24 * 60 * 60

const detect = languageDetector({
  order: ['querystring', 'cookie', 'header'],
  lookupCookie: 'lang',
  supportedLanguages: [...languageCodes],
  fallbackLanguage: 'en',
  caches: false,
})

/** The language of `?lang=`, else of the cookie, else of `Accept-Language` (RFC 9110, 12.5.4), else English. */
export const readLanguage: MiddlewareHandler<AppEnv> = (c, next) =>
  detect(c, async () => {
    const language = c.get('language') as Language
    c.set('copy', languages[language])
    if (isLanguage(c.req.query('lang')))
      setCookie(c, 'lang', language, {
        path: '/',
        secure: true,
        httpOnly: true,
        sameSite: 'Lax',
        maxAge: year,
      })
    await next()
  })

/** The language of the page, as records name it: `id`. */
export const languageIn = ({ language }: Copy): string => language.slice(0, 2)

export function isLanguage(written: string | undefined): written is Language {
  return (languageCodes as (string | undefined)[]).includes(written)
}
