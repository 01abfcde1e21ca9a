import type { MiddlewareHandler } from 'hono'
import { setCookie } from 'hono/cookie'
import { languageDetector } from 'hono/language'
import type { ClinicFacts } from '../clinic/settings/facts.ts'
import type { AppEnv } from '../http/app-env.ts'
import type { Copy } from '../i18n/en.ts'
import { type Language, languageCodes, languages } from '../i18n/languages.ts'

const year = 365 * 24 * 60 * 60

/**
 * Of the clinic's languages, that of `?lang=`, else of the cookie, else of `Accept-Language` (RFC 9110, 12.5.4), else the
 * clinic's default.
 */
export const readLanguage: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { clinicFacts, clinic } = c.var
  const facts = await clinicFacts.get(clinic.now, (work) => c.executionCtx.waitUntil(work))
  const detect = languageDetector({
    order: ['querystring', 'cookie', 'header'],
    lookupCookie: 'lang',
    supportedLanguages: facts.languages,
    fallbackLanguage: facts.language,
    caches: false,
  })
  return detect(c, async () => {
    const language = c.get('language') as Language
    c.set('languages', facts.languages)
    c.set('copy', copyFor(language, facts))
    if (language === c.req.query('lang'))
      setCookie(c, 'lang', language, {
        path: '/',
        secure: true,
        httpOnly: true,
        sameSite: 'Lax',
        maxAge: year,
      })
    await next()
  })
}

/** The words of the pages, under the clinic's own name. */
export function copyFor(language: Language, { name }: ClinicFacts): Copy {
  return name ? { ...languages[language], brand: name } : languages[language]
}

/** The language of the page, as records name it: `id`. */
export const languageIn = ({ language }: Copy): Language => language.slice(0, 2) as Language

export function isLanguage(written: string | undefined): written is Language {
  return (languageCodes as (string | undefined)[]).includes(written)
}
